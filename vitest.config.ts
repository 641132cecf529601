import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{app,server,worker,bin,prisma}/**/*.test.ts"],
    globalSetup: ["server/db/test-server.ts"],
    // Real ffmpeg and real databases share two cores with other test files.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 10_000 } },
    maxWorkers: 2,
  },
});
