/**
 * The PostgreSQL of a test run: vitest starts it once, migrates one database, and every test file works on a clone of it.
 * Never imported by the product.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { makePostgresServer } from "../../bin/setup/postgres-server.ts";
import { migrate } from "./migrate.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Connection string of the test server without a database name at its end: `postgresql://…:port/`. */
    testServerUrl: string;
    testTemplate: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "reelflow-test-"));
  // Nothing here outlives the run, so nothing need survive a power cut.
  const careless = { fsync: "off", synchronous_commit: "off", full_page_writes: "off" };
  const server = await makePostgresServer(folder, { ...careless, max_connections: "200" });
  const stop = async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await server.start();
    await migrate(server.url);
  } catch (error) {
    await stop();
    throw error;
  }
  project.provide("testServerUrl", server.serverUrl);
  project.provide("testTemplate", server.url.slice(server.serverUrl.length));
  return stop;
}
