import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import type { SchemaEngine } from "@prisma/schema-engine-wasm";
import pg from "pg";

const require = createRequire(import.meta.url);

/**
 * Lends Prisma's own schema engine, from its WebAssembly package: the native one is a download that closed networks
 * refuse. Its connections are closed at the end: they hold Prisma's migration lock, which the next start would wait for.
 */
export async function withSchemaEngine<Result>(
  connectionString: string,
  schema: string,
  use: (engine: SchemaEngine) => Promise<Result>,
): Promise<Result> {
  glue ??= loadGlue();
  const factory = new SchemaEngineAdapterFactory(poolConfig(connectionString));
  const engine = await (await glue).SchemaEngine.new(
    { datamodels: [["schema.prisma", schema]] },
    () => {},
    bindMigrationAwareSqlAdapterFactory(factory),
  );
  try {
    return await use(engine);
  } finally {
    engine.free();
    await factory.close();
  }
}

/** Spelled out, because a connection string would win over the database's name that the adapter sets for its shadow. */
function poolConfig(connectionString: string): pg.PoolConfig {
  const { host, port, user, password, database, ssl } = new pg.Client({ connectionString });
  return { host, port, user, password, database, ssl };
}

type Glue = typeof import("@prisma/schema-engine-wasm/schema_engine_bg");

/** The glue keeps its one instance in module variables: it must be set once. */
let glue: Promise<Glue> | undefined;

/** The package's entry imports its `.wasm` as a module, which only bundlers understand, so it is instantiated here. */
async function loadGlue(): Promise<Glue> {
  const loaded = await import("@prisma/schema-engine-wasm/schema_engine_bg");
  const gluePath = require.resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const { instance } = await WebAssembly.instantiate(await readFile(gluePath.replace(/\.js$/, ".wasm")), {
    "./schema_engine_bg.js": loaded as unknown as WebAssembly.ModuleImports,
  });
  loaded.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  return loaded;
}

/** Prisma's adapter, with what it lacks for the schema engine's own queries on PostgreSQL. */
class SchemaEngineAdapterFactory extends PrismaPg {
  readonly #pools = new Set<pg.Pool>();

  override async connect() {
    const adapter = mend(await super.connect());
    this.#pools.add(adapter.underlyingDriver() as pg.Pool);
    return adapter;
  }

  override async connectToShadowDb() {
    return mend(await super.connectToShadowDb());
  }

  async close(): Promise<void> {
    await Promise.all([...this.#pools].filter((pool) => !pool.ended).map((pool) => pool.end()));
  }
}

/** The catalog's one-byte type `"char"`, which the adapter does not know, and the `text` that it can be read as. */
const CHAR_OID = 18;
const TEXT_OID = 25;

function mend<Adapter extends Awaited<ReturnType<PrismaPg["connect"]>>>(adapter: Adapter): Adapter {
  const pool = adapter.underlyingDriver() as pg.Pool;
  // A shadow database is dropped while its pool still holds a connection: forced, and its end is no surprise.
  pool.on("error", () => {});
  // The adapter cuts a script at every semicolon, function bodies included; PostgreSQL takes a script whole.
  adapter.executeScript = async (script) => {
    await pool.query(script.replace(/^DROP DATABASE "[^"]+"$/, "$& WITH (FORCE)"));
  };
  // It also has no word for `"char"`: such columns pass it as text and are named for what they are afterwards.
  let charColumns: number[] = [];
  const query = pool.query.bind(pool) as (config: unknown, values?: unknown[]) => Promise<pg.QueryArrayResult>;
  pool.query = (async (config: unknown, values?: unknown[]) => {
    const result = await query(config, values);
    charColumns = (result.fields ?? []).flatMap((field, at) => (field.dataTypeID === CHAR_OID ? [at] : []));
    for (const at of charColumns) (result.fields[at] as pg.FieldDef).dataTypeID = TEXT_OID;
    return result;
  }) as typeof pool.query;
  const queryRaw = adapter.queryRaw.bind(adapter);
  adapter.queryRaw = async (request) => {
    const result = await queryRaw(request);
    for (const at of charColumns) result.columnTypes[at] = ColumnTypeEnum.Character;
    return result;
  };
  return adapter;
}
