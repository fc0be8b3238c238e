import { getComposition } from "#lib/composition/get-composition.ts";
import { errorResponse } from "#lib/http/error-response.ts";
import { requestIdOf } from "#lib/http/request-id.ts";
import { ServiceError } from "#lib/services/errors.ts";

/** Whatever no other route of the API answers: an error in the API's own shape, not a page. */
async function handle(request: Request): Promise<Response> {
  const { log } = await getComposition();
  const { pathname } = new URL(request.url);
  const error = new ServiceError("not_found", `There is nothing at ${pathname.slice(0, 100)}.`);
  return errorResponse(error, requestIdOf(request), log);
}

export { handle as DELETE, handle as GET, handle as PATCH, handle as POST, handle as PUT };
