import { getComposition } from "#lib/composition/get-composition.ts";

export const dynamic = "force-dynamic";

/** The database answers and is migrated: this instance can take traffic. */
export async function GET(): Promise<Response> {
  const isReady = await getComposition().then(
    (composition) => composition.isReady(),
    () => false,
  );
  return Response.json({ status: isReady ? "ready" : "unavailable" }, { status: isReady ? 200 : 503 });
}
