import type { ApiDocument, DescribedOperation, JsonSchema } from "../document/document.ts";

export interface ReferenceOperation {
  method: string;
  path: string;
  operation: DescribedOperation;
}

/** The operations of one tag, on a page of their own. */
export interface ReferenceGroup {
  title: string;
  description: string;
  /** The last part of its page's path. */
  slug: string;
  operations: ReferenceOperation[];
}

/** A document's operations as people read of them: by tag, each in the order in which it is declared. */
export function groupOperations({ paths, tags }: ApiDocument): ReferenceGroup[] {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );
  return tags.map(({ name, description }) => ({
    title: name,
    description,
    slug: name.toLowerCase().replaceAll(" ", "-"),
    operations: operations.filter(({ operation }) => operation.tags.includes(name)),
  }));
}

const PLACE = "#/components/schemas/";

/** The name of the schema that a reference leads to; undefined where it is no reference. */
export function nameOf({ $ref }: JsonSchema): string | undefined {
  return $ref?.slice(PLACE.length);
}

/** The schema itself, where another one refers to it. */
export function resolveSchema({ schemas }: ApiDocument["components"], schema: JsonSchema): JsonSchema {
  const name = nameOf(schema);
  return (name === undefined ? schema : schemas[name]) ?? schema;
}
