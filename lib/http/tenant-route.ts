import type { z } from "zod";
import type { Operation } from "#lib/api-description/operation.ts";
import { getComposition } from "#lib/composition/get-composition.ts";
import type { ServiceContext } from "#lib/services/context.ts";
import { authenticateRequest } from "./authenticate-request.ts";
import { errorResponse } from "./error-response.ts";
import { readInput } from "./read-input.ts";
import { requestIdOf } from "./request-id.ts";

type TenantParams = { tenant: string } & Record<string, string>;
type RouteContext = { params: Promise<TenantParams> };

/**
 * A management API route: an operation of the API's description and the use case that performs it, which the types hold
 * to each other. Its input is the path's parameters, the query and the JSON body together; the use case parses it and
 * decides who may.
 */
export function tenantRoute<Input extends z.ZodObject, Answer extends z.ZodType>(
  operation: Operation<Input, Answer>,
  perform: (context: ServiceContext, input: z.input<Input>) => Promise<z.output<Answer>>,
) {
  const handle = async (request: Request, { params }: RouteContext): Promise<Response> => {
    const requestId = requestIdOf(request);
    const composition = await getComposition();
    try {
      const { tenant, ...path } = await params;
      const context = await authenticateRequest(composition, request, { tenantSlug: tenant, requestId });
      const input = await readInput(request, path);
      const output = await perform(context, input as z.input<Input>);
      const headers = { "x-request-id": requestId, "cache-control": "no-store" };
      return Response.json(output, { status: operation.status ?? 200, headers });
    } catch (error) {
      return errorResponse(error, requestId, composition.log);
    }
  };
  // For the test that every route is described, and where it is.
  return Object.assign(handle, { operation });
}
