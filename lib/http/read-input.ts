import { ServiceError } from "#lib/services/errors.ts";

const MAX_BODY_BYTES = 1024 * 1024;

/** Path parameters, query and JSON body as one object; a name that is given twice is refused. */
export async function readInput(request: Request, path: Record<string, string>): Promise<Record<string, unknown>> {
  const query = [...new URL(request.url).searchParams];
  const body = request.method === "POST" || request.method === "PUT" ? await readJsonObject(request) : {};
  const input = new Map<string, unknown>(Object.entries(path));
  for (const [name, value] of [...query, ...Object.entries(body)]) {
    if (input.has(name)) {
      throw new ServiceError("invalid_request", `The field ${name} is given twice.`, {
        fields: { [name]: "Given twice." },
      });
    }
    input.set(name, value);
  }
  // Makes a field even of `__proto__`, for the schema to refuse.
  return Object.fromEntries(input);
}

async function readJsonObject(request: Request): Promise<Record<string, unknown>> {
  if (request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase() !== "application/json") {
    throw new ServiceError("invalid_request", "Send the body as JSON, with content-type: application/json.");
  }
  const text = await readText(request);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ServiceError("invalid_request", "The body is not valid JSON.");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new ServiceError("invalid_request", "The body must be a JSON object.");
  }
  return value as Record<string, unknown>;
}

async function readText(request: Request): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let size = 0;
  for await (const piece of request.body ?? []) {
    size += piece.byteLength;
    if (size > MAX_BODY_BYTES) throw new ServiceError("request_too_large", "The body is larger than 1 MB.");
    text += decoder.decode(piece, { stream: true });
  }
  return text + decoder.decode();
}
