import { DETAIL_FORMATS, SEALERS, type Sealer } from "../../contract/kept-thought.ts";
import type { Thought, ThoughtReader } from "../../contract/wire.ts";
import type { ChatBody, ChatMessage } from "./schema.ts";

type Found = readonly [param: string, thought: Thought];
type Fields = Readonly<Record<string, unknown>>;

/** What models thought in earlier turns, in the fields that clients know for it: OpenAI's own wire has none. */
export function findThoughts({ messages }: ChatBody): Found[] {
  return messages.flatMap((message, index) => {
    if (message.role !== "assistant") return [];
    const at = `messages[${index}]`;
    return [...findThought(message, at), ...findCallSeals(message, at)];
  });
}

const TEXTS = ["reasoning_content", "reasoning"] as const;

/** However often a message says it, it is one thought: with a seal for whoever set it, and as a text. */
function findThought(message: ChatMessage, at: string): Found[] {
  const details = listOf(message.reasoning_details);
  const said = TEXTS.find((field) => isText(message[field]));
  const readers: ThoughtReader[] = details.flatMap((detail) => sealerOf(detail) ?? []);
  if (said !== undefined || details.some(({ text, summary }) => isText(text) || isText(summary))) {
    readers.push("unsealed");
  }
  // A seal of a kind that we do not know is for nobody but the caller's own provider.
  if (readers.length === 0 && !details.some(({ data }) => isText(data))) return [];
  return [
    [`${at}.${said ?? "reasoning_details"}`, { readers: [...new Set(readers)], model: null, isTranslated: false }],
  ];
}

function sealerOf({ format, signature, data }: Fields): Sealer | undefined {
  return isText(signature ?? data) ? SEALERS.find((sealer) => DETAIL_FORMATS[sealer] === format) : undefined;
}

/** Google's place for the seal on a call. */
function findCallSeals({ tool_calls: calls }: ChatMessage, at: string): Found[] {
  return listOf(calls).flatMap(({ extra_content: extra }, index): Found[] => {
    const seal = (extra as { google?: Fields | null } | null | undefined)?.google?.thought_signature;
    const thought: Thought = { readers: ["google"], model: null, isTranslated: false };
    return isText(seal) ? [[`${at}.tool_calls[${index}].extra_content`, thought]] : [];
  });
}

function listOf(value: unknown): Fields[] {
  return Array.isArray(value) ? value.map((one) => (typeof one === "object" && one !== null ? one : {})) : [];
}

function isText(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}
