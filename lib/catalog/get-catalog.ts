import { type Catalog, compileCatalog } from "./index.ts";

let catalog: Catalog | undefined;

/** The catalog, compiled at first use: it does not change while the process runs. */
export function getCatalog(): Catalog {
  catalog ??= compileCatalog();
  return catalog;
}
