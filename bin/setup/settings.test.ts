import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  freePort,
  keptSecret,
  makeDataDir,
  readSettings,
  requirePort,
  secretKey,
  sharedSecretKey,
} from "./settings.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "reelflow-settings-"));
});
afterEach(() => rm(folder, { recursive: true }));

describe("settings", () => {
  test("none at all are enough, and mean the embedded database", () => {
    expect(readSettings({})).toMatchObject({ embedsDatabase: true, env: { PORT: 3000, HOST: "127.0.0.1" } });
  });

  test("an empty variable means that it is not set", () => {
    expect(readSettings({ DATABASE_URL: "", PORT: "" }).embedsDatabase).toBe(true);
  });

  test("DATABASE_URL means that no database is started", () => {
    expect(readSettings({ DATABASE_URL: "postgresql://u:p@db/reelflow" }).embedsDatabase).toBe(false);
  });

  test("every wrong one is named at once, and no secret is repeated", () => {
    const wrong = { PORT: "http", DATABASE_URL: "mysql://db", SECRET_KEY: "short-secret" };
    expect(() => readSettings(wrong)).toThrow(/PORT[\s\S]*DATABASE_URL[\s\S]*SECRET_KEY/);
    expect(() => readSettings(wrong)).not.toThrow(/short-secret/);
  });

  test("a STORAGE_URL that names no folder is refused, not found out by every process that starts", () => {
    expect(readSettings({ STORAGE_URL: "file:///srv/my%20store" }).env.STORAGE_URL).toBe("file:///srv/my%20store");
    for (const wrong of ["file://store/media", "file:///srv%2Fstore", "s3://bucket"]) {
      expect(() => readSettings({ STORAGE_URL: wrong }), wrong).toThrow(/STORAGE_URL/);
    }
  });

  test("listening on every address still prints one that a browser can open", () => {
    expect(readSettings({ HOST: "0.0.0.0", PORT: "8080" }).env.PUBLIC_URL).toMatch(/^http:\/\/(?!0\.0)[\d.]+:8080$/);
    expect(readSettings({ HOST: "0.0.0.0", PUBLIC_URL: "https://a.example" }).env.PUBLIC_URL).toBe("https://a.example");
  });
});

describe("a kept secret", () => {
  test("is made once, read by its owner only, and the same for whoever asks at the same time", async () => {
    const path = join(folder, "secret.key");
    const secrets = await Promise.all([keptSecret(path), keptSecret(path)]);
    expect(secrets[0]).toBe(secrets[1]);
    expect(secrets[0]?.length).toBeGreaterThanOrEqual(32);
    expect(await keptSecret(path)).toBe(secrets[0]);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(["secret.key"]);
  });

  test("of a worker alone is that of the web server, and never a new one", async () => {
    await expect(sharedSecretKey(undefined, folder)).rejects.toThrow(/^SECRET_KEY: /);
    expect(await readdir(folder)).toEqual([]);
    expect(await sharedSecretKey("given", folder)).toBe("given");
    const made = await secretKey(undefined, folder);
    expect(await sharedSecretKey("", folder)).toBe(made);
  });
});

describe("DATA_DIR", () => {
  test("that cannot be made is refused by name", async () => {
    await writeFile(join(folder, "file"), "");
    await expect(makeDataDir(join(folder, "file", "data"))).rejects.toThrow(/^DATA_DIR: .*file\/data/);
  });
});

describe("PORT", () => {
  let other: Server;
  let port: number;
  beforeEach(async () => {
    port = await freePort();
    other = createServer();
    await new Promise<void>((resolve) => other.listen(port, "127.0.0.1", resolve));
  });
  afterEach(() => other.close());

  test("that is taken is refused by name, with a way out", async () => {
    await expect(requirePort("127.0.0.1", port)).rejects.toThrow(`PORT: ${port} on 127.0.0.1 is taken`);
  });

  test("that is about to be given back is waited for", async () => {
    const waiting = requirePort("127.0.0.1", port, 10_000);
    other.close();
    await expect(waiting).resolves.toBeUndefined();
  });

  test("a HOST that is not this machine's is refused by name", async () => {
    await expect(requirePort("192.0.2.1", 0)).rejects.toThrow(/^HOST: 192\.0\.2\.1/);
  });
});
