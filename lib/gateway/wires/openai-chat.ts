import { z } from "zod";
import type { Capability } from "../contract/catalog.ts";
import { GatewayError } from "../errors.ts";
import type { ChatBody } from "../ports.ts";

const number = z.number().nullish();

/** What we read of a chat request. Every other field passes through to the provider as it came. */
const chatBodySchema = z.looseObject({
  model: z.string().min(1).max(300).optional(),
  messages: z.array(z.looseObject({ role: z.string() })).min(1),
  stream: z.boolean().nullish(),
  stream_options: z.looseObject({ include_usage: z.boolean().nullish() }).nullish(),
  tools: z.array(z.looseObject({})).nullish(),
  response_format: z.looseObject({ type: z.string() }).nullish(),
  stop: z.union([z.string(), z.array(z.string())]).nullish(),
  max_tokens: number,
  max_completion_tokens: number,
  temperature: number,
  top_p: number,
  n: number,
});

const decoder = new TextDecoder("utf-8", { fatal: true });

/** Throws `invalid_request` with the field at fault in `param`. */
export function parseChatBody(bytes: Uint8Array): ChatBody & { model?: string } {
  const parsed = chatBodySchema.safeParse(parseJson(bytes));
  if (parsed.success) return parsed.data as ChatBody & { model?: string };
  const issue = parsed.error.issues[0];
  const param = issue === undefined || issue.path.length === 0 ? null : z.core.toDotPath(issue.path);
  const message = param === null ? "The body must be a JSON object." : `\`${param}\`: ${issue?.message}.`;
  throw new GatewayError("invalid_request", message, { param });
}

function parseJson(bytes: Uint8Array): unknown {
  if (bytes.length === 0) throw new GatewayError("invalid_request", "The body is empty: send a JSON object.");
  try {
    return JSON.parse(decoder.decode(bytes));
  } catch (error) {
    const reason = error instanceof SyntaxError ? error.message : "it is not UTF-8";
    throw new GatewayError("invalid_request", `The body is not valid JSON: ${reason}.`);
  }
}

/** A field of a request and the capability that a model needs for it. */
export interface RequestNeed {
  capability: Capability;
  param: string;
}

/** What the request itself asks of a model, beyond what its function says. */
export function readNeeds(body: ChatBody): RequestNeed[] {
  const needs: RequestNeed[] = [];
  if (Array.isArray(body.tools) && body.tools.length > 0) needs.push({ capability: "tools", param: "tools" });
  const format = body.response_format as { type?: unknown } | null | undefined;
  if (format?.type === "json_object" || format?.type === "json_schema") {
    needs.push({ capability: "json", param: "response_format" });
  }
  const imageAt = body.messages.findIndex(hasImage);
  if (imageAt >= 0) needs.push({ capability: "vision", param: `messages[${imageAt}].content` });
  return needs;
}

function hasImage(message: unknown): boolean {
  const { content } = message as { content?: unknown };
  return Array.isArray(content) && content.some((part) => (part as { type?: unknown } | null)?.type === "image_url");
}
