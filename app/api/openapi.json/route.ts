import { buildDocument } from "#lib/api-description/document/build.ts";

// Made at the build, and the same for everybody.
export const dynamic = "force-static";

/** The API in OpenAPI 3.1. */
export function GET(): Response {
  return Response.json(buildDocument(), { headers: { "cache-control": "public, max-age=300" } });
}
