import { getComposition } from "#lib/composition/get-composition.ts";
import { serveWeb } from "#lib/mounts/web.ts";

/** The data plane where only Next runs. Switchyard's own server answers `/v1` before Next sees it. */
async function handle(request: Request): Promise<Response> {
  const { gateway } = await getComposition();
  return serveWeb(gateway, request);
}

export { handle as DELETE, handle as GET, handle as PATCH, handle as POST, handle as PUT };
