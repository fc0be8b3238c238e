import { defineConfig } from "vitest/config";

const UNIT_TESTS = "{app,bench,components,e2e,lib,scripts}/**/*.test.{ts,tsx}";
const DATABASE_TESTS = "{app,bench,components,e2e,lib,scripts}/**/*.db.test.ts";

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: [UNIT_TESTS],
          exclude: [DATABASE_TESTS, "**/node_modules/**"],
          // A hang is what this finds: how long a test takes on a busy machine is not its business.
          testTimeout: 60_000,
          // What they test keeps nothing between calls: a process for each file took four times as long.
          isolate: false,
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: "database",
          include: [DATABASE_TESTS],
          globalSetup: "e2e/support/database-server.ts",
          testTimeout: 60_000,
          hookTimeout: 120_000,
          // The embedded PostgreSQL takes 60 connections, and every file may hold two pools and a listener.
          maxWorkers: 4,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
