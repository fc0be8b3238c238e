import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { findViolations } from "../../scripts/architecture/find-violations.ts";

/** A small tree of the repository's shape: what is planted in it is the only thing that can be wrong. */
const TREE = {
  "app/page.tsx": "",
  "components/ui/button.tsx": "",
  "e2e/support/database.ts": "",
  "lib/auth/session.ts": "",
  "lib/catalog/models.ts": "",
  "lib/composition/engine.ts": "",
  "lib/data-folder/lock.ts": "",
  "lib/db/client.ts": 'import { PrismaClient } from "./generated/client.ts";\nimport pg from "pg";',
  "lib/db/client.test.ts": 'import { vi } from "vitest";\nimport "#lib/services/api-key/create.ts";',
  "lib/env/env.ts": "",
  "lib/format/money.ts": "",
  "lib/gateway/accounting/usage.ts": "",
  "lib/gateway/contract/call.ts": 'import { z } from "zod";',
  "lib/gateway/execution/run.ts": 'import type { Call } from "../contract/call.ts";',
  "lib/gateway/failures.ts": "",
  "lib/gateway/ports.ts": "",
  "lib/gateway/routing/plan.ts": "",
  "lib/http/tenant-route.ts": 'import "#lib/composition/engine.ts";\nimport "#lib/services/api-key/create.ts";',
  "lib/ledger/writer.ts": "",
  "lib/providers/groq/index.ts": 'import type { Provider } from "#lib/gateway/ports.ts";',
  "lib/queries/api-keys.ts": 'import type { ApiKey } from "#lib/services/api-key/schemas.ts";',
  "lib/services/api-key/create.ts": 'import "#lib/db/client.ts";\nimport { plan } from "#lib/gateway/routing/plan.ts";',
  "lib/services/api-key/schemas.ts": 'import { ROLES } from "../permissions.ts";',
  "lib/services/permissions.ts": "",
  "lib/vault/seal.ts": "",
  "server.ts": 'import "#lib/composition/engine.ts";\nimport "node:http";',
};

let root: string;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "switchyard-tree-"));
  const manifest = readFileSync(path.resolve(import.meta.dirname, "../../package.json"), "utf8");
  for (const [file, source] of Object.entries({ ...TREE, "package.json": manifest })) plant(file, source);
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

test("the tree without anything planted keeps to every rule", () => {
  expect(findViolations(root)).toEqual({ violations: [], fileCount: Object.keys(TREE).length });
});

describe("an import that the table does not allow is refused by name", () => {
  test.each([
    ["lib/gateway/planted.ts", "#lib/db/client.ts", "import-table/gateway"],
    ["lib/gateway/planted.ts", "../db/client.ts", "import-table/gateway"],
    ["lib/gateway/planted.ts", "#lib/env/env.ts", "import-table/gateway"],
    ["lib/gateway/planted.ts", "node:crypto", "import-table/gateway"],
    ["lib/gateway/planted.ts", "fs", "import-table/gateway"],
    ["lib/gateway/planted.ts", "next/server", "import-table/gateway"],
    ["lib/gateway/planted.ts", "undici", "import-table/gateway"],
    ["lib/gateway/planted.ts", "pg", "database-packages"],
    ["lib/providers/planted.ts", "#lib/gateway/routing/plan.ts", "import-table/providers"],
    ["lib/providers/planted.ts", "#lib/env/env.ts", "import-table/providers"],
    ["lib/vault/planted.ts", "#lib/services/permissions.ts", "import-table/vault"],
    ["lib/ledger/planted.ts", "#lib/gateway/routing/plan.ts", "import-table/ledger"],
    ["lib/db/planted.ts", "#lib/vault/seal.ts", "import-table/db"],
    ["lib/catalog/planted.ts", "#lib/gateway/failures.ts", "import-table/catalog"],
    ["lib/auth/planted.ts", "#lib/services/api-key/create.ts", "import-table/auth"],
    ["lib/env/planted.ts", "#lib/db/client.ts", "import-table/env"],
    ["lib/format/planted.ts", "#lib/gateway/contract/call.ts", "import-table/format"],
    ["lib/data-folder/planted.ts", "#lib/env/env.ts", "import-table/data-folder"],
    ["lib/services/planted.ts", "#lib/gateway/execution/run.ts", "import-table/services"],
    ["lib/services/planted.ts", "#lib/http/tenant-route.ts", "import-table/services"],
    ["lib/composition/planted.ts", "#lib/http/tenant-route.ts", "import-table/composition"],
    ["lib/composition/planted.ts", "#components/ui/button.tsx", "import-table/composition"],
    ["lib/http/planted.ts", "#lib/db/client.ts", "import-table/http"],
    ["lib/queries/planted.ts", "#lib/services/api-key/create.ts", "import-table/queries"],
    ["lib/queries/planted.ts", "#app/page.tsx", "import-table/queries"],
    ["components/planted.tsx", "#lib/services/api-key/create.ts", "import-table/components"],
    ["components/planted.tsx", "#lib/db/client.ts", "import-table/components"],
    ["app/planted.tsx", "#lib/db/client.ts", "import-table/app"],
    ["app/planted.tsx", "#lib/providers/groq/index.ts", "import-table/app"],
    ["proxy.ts", "#lib/db/client.ts", "import-table/app"],
    ["server.ts", "#app/page.tsx", "import-table/root"],
    ["lib/services/planted.ts", "#e2e/support/database.ts", "import-table/services"],
    ["lib/services/planted.ts", "#lib/db/client.test.ts", "import-table/services"],
    ["lib/services/planted.ts", "@prisma/client", "database-packages"],
    ["lib/composition/planted.ts", "pg", "database-packages"],
    ["lib/composition/planted.ts", "#lib/db/generated/client.ts", "generated-client"],
    ["lib/helpers/planted.ts", "#lib/format/money.ts", "unlisted-area"],
    ["lib/services/planted.ts", "#lib/db/no-such-file.ts", "missing-file"],
  ])("%s → %s: %s", (file, specifier, rule) => {
    plant(file, `import * as planted from "${specifier}";\n`);
    expect(findViolations(root).violations).toMatchObject([{ file, line: 1, rule }]);
  });
});

test.each([
  ["a type", 'import type { Client } from "#lib/db/client.ts";'],
  ["a re-export", 'export { client } from "#lib/db/client.ts";'],
  ["a re-export of everything", 'export * from "#lib/db/client.ts";'],
  ["an import for its effect", 'import "#lib/db/client.ts";'],
  ["a dynamic import", 'const client = await import("#lib/db/client.ts");'],
  ["an inline type", 'let client: import("#lib/db/client.ts").Client;'],
  ["a typeof", 'let client: typeof import("#lib/db/client.ts");'],
  ["a require", 'const client = require("#lib/db/client.ts");'],
])("%s counts as an import", (_, source) => {
  plant("lib/gateway/planted.ts", source);
  expect(findViolations(root).violations).toMatchObject([{ rule: "import-table/gateway" }]);
});

test("the engine may not import under a name computed at run time", () => {
  plant("lib/gateway/planted.ts", "export const load = (name: string) => import(name);");
  expect(findViolations(root).violations).toMatchObject([{ rule: "import-table/gateway" }]);
});

test("a mention in a comment or a string is not an import", () => {
  plant("lib/gateway/planted.ts", '// import "#lib/db/client.ts";\nexport const text = `import "pg";`;');
  expect(findViolations(root).violations).toEqual([]);
});

test("a cycle is refused and shown, types included", () => {
  plant("lib/format/money.ts", 'import "./numbers.ts";');
  plant("lib/format/numbers.ts", 'import type { Money } from "./dates.ts";');
  plant("lib/format/dates.ts", 'export * from "#lib/format/money.ts";');
  const message = "lib/format/dates.ts → lib/format/money.ts → lib/format/numbers.ts → lib/format/dates.ts";
  expect(findViolations(root).violations).toMatchObject([{ rule: "no-cycles", message }]);
});

function plant(file: string, source: string) {
  mkdirSync(path.join(root, path.dirname(file)), { recursive: true });
  writeFileSync(path.join(root, file), source);
}
