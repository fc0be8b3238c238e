import type { Prefill } from "../../contract/catalog.ts";
import type { WireBody } from "../../contract/wire.ts";
import { isThinking } from "./fill-defaults.ts";

/**
 * The conversation with the answer so far as its last message, which Anthropic's models take for a beginning. Whitespace
 * at its end is refused and left out: `startJoin` leaves it out of what comes, should the target repeat it.
 */
export function continueFrom(body: WireBody, text: string, prefill: Prefill): WireBody | null {
  if (prefill !== "assistant-message") return null;
  const messages = body.messages as readonly { role?: unknown }[];
  const isBegunByCaller = messages.at(-1)?.role === "assistant";
  if (isBegunByCaller || isThinking(body) || hasFormat(body) || isToolForced(body)) return null;
  const begun = text.trimEnd();
  if (begun === "") return {};
  return { messages: [...messages, { role: "assistant", content: [{ type: "text", text: begun }] }] };
}

/** An answer in a given format cannot be begun by another: it is written against a grammar from its first character. */
function hasFormat({ output_config: output, output_format: older }: WireBody): boolean {
  const format = (output as { format?: unknown } | null | undefined)?.format ?? older;
  return format !== undefined && format !== null;
}

function isToolForced({ tool_choice: choice }: WireBody): boolean {
  const type = (choice as { type?: unknown } | null | undefined)?.type;
  return type === "any" || type === "tool";
}
