import type { FinishReason } from "#lib/gateway/contract/wire.ts";
import type { ProviderFailure } from "#lib/gateway/failures.ts";
import { mapFailure } from "./map-failure.ts";

/** What we read of a response, whole or at the end of its stream. */
export interface ResponseObject {
  status?: unknown;
  error?: unknown;
  incomplete_details?: { reason?: unknown } | null;
  output?: unknown;
  usage?: unknown;
}

/** Calls that wait for the caller: its provider runs no other tool of these itself. */
const CALLS: ReadonlySet<unknown> = new Set([
  "function_call",
  "custom_tool_call",
  "computer_call",
  "local_shell_call",
  "shell_call",
  "apply_patch_call",
  "mcp_approval_request",
]);

const UNFINISHED: ReadonlySet<unknown> = new Set(["queued", "in_progress", "cancelled"]);

/** A response that failed, or that is none yet; null: it can be handed on. */
export function findFailure({ status, error }: ResponseObject): ProviderFailure | null {
  if (status === "failed" || (error !== undefined && error !== null)) return mapFailure(error);
  if (!UNFINISHED.has(status)) return null;
  return { ...mapFailure(null), kind: "bad-response", message: `The provider's response is ${status}, not an answer.` };
}

/** `hasCalls`: the stream held a call; not every provider repeats its items at the end. */
export function readFinishReason(response: ResponseObject, hasCalls = false): FinishReason {
  if (response.status === "incomplete") return readIncomplete(response.incomplete_details?.reason);
  const { output } = response;
  return hasCalls || (Array.isArray(output) && output.some(isCall)) ? "tool-calls" : "stop";
}

export function isCall(item: unknown): boolean {
  const { type, execution } = (item ?? {}) as { type?: unknown; execution?: unknown };
  return CALLS.has(type) || (type === "tool_search_call" && execution === "client");
}

function readIncomplete(reason: unknown): FinishReason {
  if (reason === "content_filter") return "content-filter";
  return reason === "max_output_tokens" ? "length" : "other";
}
