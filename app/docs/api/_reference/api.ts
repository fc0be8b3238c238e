import { buildDocument } from "#lib/api-description/document/build.ts";
import { groupOperations } from "#lib/api-description/reference/reference.ts";
import type { ContentsGroup } from "./filter-contents.ts";
import { groupPath, operationPath } from "./paths.ts";

/** Made once: it is the same for everybody and holds nothing of any tenant. */
export const API = buildDocument();
export const GROUPS = groupOperations(API);

export const CONTENTS: readonly ContentsGroup[] = GROUPS.map(({ title, slug, operations }) => ({
  title,
  path: groupPath(slug),
  entries: operations.map(({ method, path, operation: { operationId, summary } }) => ({
    id: operationId,
    title: summary,
    method,
    place: path,
    path: operationPath(slug, operationId),
  })),
}));
