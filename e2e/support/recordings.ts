import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

// biome-ignore lint/suspicious/noExplicitAny: the shape of files and answers that are not ours.
export type Json = any;

/** One recorded call to a real provider. */
export interface Recording {
  name: string;
  provider: string;
  api: string;
  kind: string;
  method: string;
  url: string;
  /** Null where there was none, or where the recorder lost it. */
  request: Record<string, Json> | null;
  requestHeaders: Record<string, string>;
  /** The model asked for; at Azure the deployment that the address names. Null: the request does not say. */
  model: string | null;
  isStream: boolean;
  status: number;
  headers: Record<string, string>;
  body: Buffer;
  /** The whole file, for readers who know more of its shape. */
  file: Json;
}

/** Every recording of a folder, in the order of their names. */
export function readRecordings(folder: string): Recording[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .sort()
    .map((file) => toRecording(file.slice(0, -5), JSON.parse(readFileSync(path.join(folder, file), "utf8"))));
}

/** One file, as an exchange. */
export function toRecording(name: string, file: Json): Recording {
  const { provider, api, kind, request, response } = file;
  const text = response.sse_text ?? response.ndjson_text ?? response.body;
  return {
    name,
    provider,
    api,
    kind,
    method: request.method,
    url: decodeURIComponent(request.url),
    request: request.body ?? null,
    requestHeaders: lowerCased(request.headers),
    model: readModel(request),
    isStream: response.body === undefined,
    status: response.status,
    headers: lowerCased(response.headers),
    body:
      response.body_base64 === undefined
        ? Buffer.from(typeof text === "string" ? text : JSON.stringify(text))
        : Buffer.from(response.body_base64, "base64"),
    file,
  };
}

function lowerCased(headers: Record<string, unknown> | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]));
}

/** In the address as Azure, Bedrock and Google have it, else in the body. */
function readModel({ url, body }: Json): string | null {
  const address = decodeURIComponent(url);
  const named =
    /\/deployments\/([^/]+)\//.exec(address) ?? /\/model\/(.+)\//.exec(address) ?? /\/models\/([^/:]+):/.exec(address);
  return named?.[1] ?? body?.model ?? null;
}
