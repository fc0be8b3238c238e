import { getComposition } from "#lib/composition/get-composition.ts";
import type { ServiceContext } from "#lib/services/context.ts";
import { authenticateRequest } from "./authenticate-request.ts";
import { errorResponse } from "./error-response.ts";
import { readInput } from "./read-input.ts";
import { requestIdOf } from "./request-id.ts";

type TenantParams = { tenant: string } & Record<string, string>;
type RouteContext = { params: Promise<TenantParams> };

interface RouteOptions {
  /** Of a success; 200 when left out. */
  status?: number;
}

/**
 * A management API route from a use case. Its input is the path's parameters, the query and the JSON body together;
 * the use case parses it and decides who may.
 */
export function tenantRoute<Input, Output>(
  perform: (context: ServiceContext, input: Input) => Promise<Output>,
  { status = 200 }: RouteOptions = {},
) {
  return async (request: Request, { params }: RouteContext): Promise<Response> => {
    const requestId = requestIdOf(request);
    const composition = await getComposition();
    try {
      const { tenant, ...path } = await params;
      const context = await authenticateRequest(composition, request, { tenantSlug: tenant, requestId });
      const input = await readInput(request, path);
      const output = await perform(context, input as Input);
      return Response.json(output, { status, headers: { "x-request-id": requestId, "cache-control": "no-store" } });
    } catch (error) {
      return errorResponse(error, requestId, composition.log);
    }
  };
}
