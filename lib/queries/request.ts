import { ApiError } from "./api-error.ts";

interface RequestOptions {
  method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  body?: unknown;
  signal?: AbortSignal;
}

/** Calls the management API of this origin. Throws `ApiError` for every answer that is not a success. */
export async function request<Answer>(path: string, options: RequestOptions = {}): Promise<Answer> {
  const response = await send(path, options);
  const body = await readJson(response);
  if (!response.ok) throw toApiError(response, body);
  return body as Answer;
}

/** A path under one tenant: `tenantPath("acme", "usage")`. */
export function tenantPath(tenant: string, ...segments: string[]): string {
  return `/api/tenants/${[tenant, ...segments].map(encodeURIComponent).join("/")}`;
}

async function send(path: string, { method = "GET", body, signal }: RequestOptions): Promise<Response> {
  const headers: Record<string, string> = { accept: "application/json" };
  if (body !== undefined) headers["content-type"] = "application/json";
  try {
    return await fetch(path, { method, headers, signal, body: body === undefined ? undefined : JSON.stringify(body) });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new ApiError({ code: "network", httpStatus: 0, message: "The server could not be reached." });
  }
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return null;
  }
}

function toApiError(response: Response, body: unknown): ApiError {
  const error = (
    body as {
      error?: Partial<{ code: string; message: string; requestId: string; fields: Record<string, string> }>;
    } | null
  )?.error;
  return new ApiError({
    code: error?.code ?? "unknown",
    message: error?.message ?? `The server answered ${response.status} without saying why.`,
    httpStatus: response.status,
    requestId: error?.requestId ?? response.headers.get("x-request-id"),
    fields: error?.fields,
  });
}
