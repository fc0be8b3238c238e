import path from "node:path";
import { type DataFolderLock, lockDataFolder } from "#lib/data-folder/lock.ts";
import type { Environment } from "#lib/env/read-env.ts";
import { readEnvironment } from "./read-environment.ts";

export interface Prepared {
  environment: Environment;
  lock: DataFolderLock;
}

/**
 * What can be refused at once: a wrong environment, a data folder that another process holds. Before the build, which
 * takes its time and which two starts must not do to one folder together.
 */
export async function prepare(): Promise<Prepared> {
  const read = readEnvironment(process.env);
  const environment = { ...read, dataDir: path.resolve(read.dataDir) };
  const lock = await lockDataFolder(environment.dataDir, `at ${environment.publicUrl}, process ${process.pid}`);
  return { environment, lock };
}
