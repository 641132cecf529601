/** A database of its own for one test file, cloned from the migrated one. Never imported by the product. */
import pg from "pg";
import { inject } from "vitest";
import { newId } from "../domain/id.ts";
import { connect, type Db } from "./client.ts";

export interface TestDatabase {
  url: string;
  db: Db;
  drop: () => Promise<void>;
}

export async function createTestDatabase(): Promise<TestDatabase> {
  const serverUrl = inject("testServerUrl");
  const name = `test_${newId()}`;
  await onServer(serverUrl, `create database "${name}" template "${inject("testTemplate")}"`);
  const url = serverUrl + name;
  const db = connect(url);
  return {
    url,
    db,
    drop: async () => {
      await db.$disconnect();
      await onServer(serverUrl, `drop database "${name}" with (force)`);
    },
  };
}

async function onServer(serverUrl: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: `${serverUrl}postgres` });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
