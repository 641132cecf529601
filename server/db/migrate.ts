/**
 * Applies the migrations of prisma/migrations in this process.
 *
 * `prisma migrate` wants to download an engine binary; the same engine compiled to WebAssembly comes from the package
 * registry, so a machine without internet can migrate. Its version is pinned to the one of `prisma`.
 */
import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import type { MigrationDirectory, MigrationList, SchemaEngine } from "@prisma/schema-engine-wasm/schema_engine_bg";
import { makeWorkerUtils } from "graphile-worker";
import pg from "pg";

const PRISMA_DIR = new URL("../../prisma/", import.meta.url);
const NO_FILTERS = { externalTables: [], externalEnums: [] };
/** Any two processes that migrate at the same time take turns on this advisory lock. */
const MIGRATION_LOCK = 7_215_001;

/** Brings the database up to date: our tables, then the queue's. Returns the names of what was applied. */
export async function migrate(databaseUrl: string): Promise<string[]> {
  const lock = new pg.Client({ connectionString: databaseUrl });
  await lock.connect();
  try {
    await lock.query("select pg_advisory_lock($1)", [MIGRATION_LOCK]);
    const applied = await withEngine(databaseUrl, async (engine) => {
      const { appliedMigrationNames } = await engine.applyMigrations({
        migrationsList: await readMigrations(),
        filters: NO_FILTERS,
      });
      return appliedMigrationNames;
    });
    const queue = await makeWorkerUtils({ connectionString: databaseUrl });
    try {
      await queue.migrate();
    } finally {
      await queue.release();
    }
    return applied;
  } finally {
    await lock.end();
  }
}

/**
 * The stock adapter cuts a script at every semicolon, also inside function bodies and comments, and runs the pieces one
 * by one. PostgreSQL takes a whole script as one message and runs it as one transaction: all of a migration or none.
 */
class WholeScriptAdapter extends PrismaPg {
  readonly #pools: pg.Pool[] = [];

  override async connect() {
    const connection = await super.connect();
    const client = connection.underlyingDriver();
    this.#pools.push(client);
    connection.executeScript = async (script) => {
      await client.query(script);
    };
    return connection;
  }

  async close(): Promise<void> {
    await Promise.all(this.#pools.map((pool) => pool.end()));
  }
}

async function withEngine<T>(databaseUrl: string, use: (engine: SchemaEngine) => Promise<T>): Promise<T> {
  const engineClass = await loadEngine();
  const factory = new WholeScriptAdapter({ connectionString: databaseUrl });
  const content = await readFile(new URL("schema.prisma", PRISMA_DIR), "utf8");
  const engine = await engineClass.new(
    { datamodels: [["schema.prisma", content]] },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(factory),
  );
  try {
    return await use(engine);
  } finally {
    engine.free();
    await factory.close();
  }
}

/** The package's own entry imports the `.wasm` as a module, which Node calls experimental and warns about; this does not. */
async function loadEngine(): Promise<typeof SchemaEngine> {
  const bindings = await import("@prisma/schema-engine-wasm/schema_engine_bg");
  const { resolve } = createRequire(import.meta.url);
  const file = join(dirname(resolve("@prisma/schema-engine-wasm/schema_engine_bg")), "schema_engine_bg.wasm");
  const { instance } = await WebAssembly.instantiate(await readFile(file), { "./schema_engine_bg.js": bindings });
  const { __wbindgen_start: start } = instance.exports;
  if (typeof start !== "function") throw new Error("The migration engine has no start function.");
  bindings.__wbg_set_wasm(instance.exports);
  start();
  return bindings.SchemaEngine;
}

async function readMigrations(): Promise<MigrationList> {
  const base = new URL("migrations/", PRISMA_DIR);
  const entries = await readdir(base, { withFileTypes: true });
  const migrationDirectories: MigrationDirectory[] = await Promise.all(
    entries
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
      .sort()
      .map(async (name) => ({
        path: name,
        migrationFile: {
          path: "migration.sql",
          content: { tag: "ok" as const, value: await readFile(new URL(`${name}/migration.sql`, base), "utf8") },
        },
      })),
  );
  return {
    baseDir: base.pathname,
    lockfile: { path: "migration_lock.toml", content: 'provider = "postgresql"\n' },
    shadowDbInitScript: "",
    migrationDirectories,
  };
}
