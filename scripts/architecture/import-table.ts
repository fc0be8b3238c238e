import path from "node:path";

/** What the files of one area may import besides each other. Globs are relative to the repository's root. */
interface AreaRule {
  mayImport: readonly string[];
  except?: readonly string[];
  /** The npm packages it may import; any when absent. With a list, Node's own modules are out too. */
  packages?: readonly string[];
}

const GATEWAY_CONTRACT = "lib/gateway/contract/**";
const GATEWAY_PORTS = "lib/gateway/ports.ts";
const GATEWAY_FAILURES = "lib/gateway/failures.ts";
const GATEWAY_PURE = [
  GATEWAY_CONTRACT,
  GATEWAY_PORTS,
  GATEWAY_FAILURES,
  "lib/gateway/routing/**",
  "lib/gateway/accounting/**",
];
/** What providers are, as data, and what can be asked of an account; how they are called stays behind it. */
const PROVIDER_FACTS = ["lib/providers/registry/**", "lib/providers/account.ts", "lib/providers/probe/contract.ts"];
const SCHEMAS = ["lib/services/**/schemas.ts", "lib/services/permissions.ts"];

/** "Who may import whom" of docs/architecture.md. What is not listed is refused. */
export const IMPORT_TABLE: Readonly<Record<string, AreaRule>> = {
  gateway: { mayImport: [], packages: ["zod"] },
  metrics: { mayImport: [GATEWAY_CONTRACT, GATEWAY_PORTS] },
  tracing: { mayImport: ["lib/env/**", GATEWAY_CONTRACT, GATEWAY_PORTS] },
  egress: { mayImport: [] },
  providers: { mayImport: ["lib/egress/**", GATEWAY_CONTRACT, GATEWAY_PORTS, GATEWAY_FAILURES] },
  vault: { mayImport: ["lib/db/**", "lib/env/**", GATEWAY_CONTRACT, GATEWAY_PORTS] },
  ledger: { mayImport: ["lib/db/**", "lib/env/**", GATEWAY_CONTRACT, GATEWAY_PORTS] },
  /** What statements are, for whoever checks one: the database only writes down what was reached. */
  residency: { mayImport: ["lib/db/**", "lib/gateway/routing/residency.ts", GATEWAY_CONTRACT, GATEWAY_PORTS] },
  db: { mayImport: ["lib/env/**", GATEWAY_CONTRACT, GATEWAY_PORTS] },
  catalog: { mayImport: [GATEWAY_CONTRACT] },
  auth: { mayImport: ["lib/db/**", "lib/env/**", ...SCHEMAS] },
  env: { mayImport: ["lib/egress/**", "lib/vault/key-services/addresses.ts"] },
  format: { mayImport: [] },
  "data-folder": { mayImport: [] },
  services: {
    mayImport: [
      "lib/db/**",
      "lib/vault/**",
      "lib/auth/**",
      "lib/catalog/**",
      "lib/egress/**",
      "lib/env/**",
      "lib/format/**",
      "lib/residency/**",
      ...PROVIDER_FACTS,
      ...GATEWAY_PURE,
    ],
  },
  composition: { mayImport: ["lib/**"], except: ["lib/http/**"] },
  /** What is described is named by its schemas and codes; how it is done is nobody's business here. */
  "api-description": {
    mayImport: [
      ...SCHEMAS,
      "lib/services/errors.ts",
      "lib/residency/statement.ts",
      "lib/gateway/errors.ts",
      GATEWAY_CONTRACT,
      // For the version that the description is of.
      "package.json",
    ],
  },
  http: {
    mayImport: [
      "lib/api-description/**",
      "lib/auth/**",
      "lib/services/**",
      "lib/composition/**",
      GATEWAY_FAILURES,
      "lib/gateway/errors.ts",
    ],
  },
  queries: { mayImport: SCHEMAS },
  components: { mayImport: ["lib/queries/**", "lib/format/**", ...SCHEMAS] },
  mounts: { mayImport: ["lib/gateway/**", "lib/metrics/**", "lib/egress/address.ts"] },
  app: {
    mayImport: [
      "components/**",
      "lib/api-description/**",
      "lib/http/**",
      "lib/mounts/**",
      "lib/metrics/**",
      "lib/services/**",
      "lib/queries/**",
      "lib/composition/**",
      "lib/format/**",
    ],
  },
  /** server.ts and the build's configuration beside it. */
  root: { mayImport: ["lib/**", "scripts/**"] },
  scripts: { mayImport: ["lib/**", "e2e/support/**"] },
  bench: { mayImport: ["lib/**", "scripts/**", "e2e/support/**"] },
  tests: { mayImport: ["**"] },
};

/** The database's packages, and the only files that may name them. */
export const DATABASE_PACKAGES = ["pg", "@prisma/*", "prisma"] as const;
export const DATABASE_PACKAGE_USERS = ["lib/db/**", "scripts/**", "prisma.config.ts"] as const;

/** The generated client: behind lib/db, where every query runs with its tenant set. */
export const GENERATED_CLIENT = "lib/db/generated/**";

/** Files at the root that Next runs as parts of the app. */
const APP_ROOT_FILES = new Set(["proxy.ts", "instrumentation.ts", "instrumentation-client.ts"]);

const TEST_CONFIGURATION = new Set(["playwright.config.ts", "vitest.config.ts"]);

/** The area of a file, e.g. `gateway` for lib/gateway/failures.ts. Tests are one area wherever they lie. */
export function areaOf(file: string): string {
  const [first = "", second = ""] = file.split("/");
  if (first === "e2e" || TEST_CONFIGURATION.has(file) || /\.test\.tsx?$/.test(file)) return "tests";
  if (first === "lib") return second;
  if (file !== first) return first;
  return APP_ROOT_FILES.has(file) ? "app" : "root";
}

export function matchesAny(file: string, globs: readonly string[]): boolean {
  return globs.some((glob) => path.posix.matchesGlob(file, glob));
}
