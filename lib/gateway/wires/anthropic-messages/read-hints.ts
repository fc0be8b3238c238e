import { MESSAGES_MARK, readKeptSignature } from "../../contract/kept-thought.ts";
import type { Hint, RequestHint, Thought } from "../../contract/wire.ts";
import { distinctThoughts } from "../distinct-thoughts.ts";
import type { Block, MessagesBody } from "./schema.ts";
import { isSaid } from "./unknown-fields.ts";

/** What changes nothing about the answer: each hint once, with the first field that gives it; thoughts by whose they are. */
export function readHints(body: MessagesBody): RequestHint[] {
  const { user_id: user, ...metadata } = body.metadata ?? {};
  const eager = body.tools?.findIndex((tool) => isSaid(tool.eager_input_streaming)) ?? -1;
  const found: [Hint, string | null][] = [
    ["prompt-cache", findCacheControl(body)],
    ["user", isSaid(user) ? "metadata.user_id" : null],
    ["metadata", Object.values(metadata).some(isSaid) ? "metadata" : null],
    ["service-tier", isSaid(body.service_tier) ? "service_tier" : isSaid(body.speed) ? "speed" : null],
    ["tool-errors", findToolError(body)],
    ["stream-options", eager >= 0 ? `tools[${eager}].eager_input_streaming` : null],
  ];
  const hints = found.flatMap(([hint, param]) => (param === null ? [] : [{ hint, param }]));
  return [...hints, ...distinctThoughts(findThoughts(body))];
}

/** The first place that is marked to be cached: Anthropic takes the mark on the request, on tools and on blocks. */
function findCacheControl({ cache_control: own, tools, system, messages }: MessagesBody): string | null {
  if (isSaid(own)) return "cache_control";
  const tool = tools?.findIndex(isMarked) ?? -1;
  if (tool >= 0) return `tools[${tool}].cache_control`;
  const inSystem = Array.isArray(system) ? findInBlocks(system, "system") : null;
  if (inSystem !== null) return inSystem;
  return findInMessages(messages, findInBlocks);
}

/** What models thought in earlier turns. */
function findThoughts({ messages }: MessagesBody): [param: string, thought: Thought][] {
  const thoughts: [string, Thought][] = [];
  for (const [index, { content }] of messages.entries()) {
    if (typeof content === "string") continue;
    for (const [at, block] of content.entries()) {
      const thought = readThought(block);
      if (thought !== null) thoughts.push([`messages[${index}].content[${at}]`, thought]);
    }
  }
  return thoughts;
}

const CLAUDES: Thought = { readers: ["anthropic"], model: null, isTranslated: false };

function readThought({ type, signature }: Block): Thought | null {
  if (type === "redacted_thinking") return CLAUDES;
  if (type !== "thinking") return null;
  if (typeof signature !== "string" || signature === "") return { ...CLAUDES, readers: [] };
  if (!signature.startsWith(MESSAGES_MARK)) return CLAUDES;
  const kept = readKeptSignature(signature);
  if (kept === null) return { readers: [], model: null, isTranslated: true };
  if ("by" in kept) return { readers: [kept.by], model: null, isTranslated: true };
  return { readers: ["unsealed"], model: kept.model, isTranslated: true };
}

function findToolError({ messages }: MessagesBody): string | null {
  return findInMessages(messages, (blocks, at) => {
    const index = blocks.findIndex(({ type, is_error: isError }) => type === "tool_result" && isError === true);
    return index < 0 ? null : `${at}[${index}].is_error`;
  });
}

function findInMessages(
  messages: MessagesBody["messages"],
  find: (blocks: readonly Block[], at: string) => string | null,
): string | null {
  for (const [index, { content }] of messages.entries()) {
    const found = typeof content === "string" ? null : find(content, `messages[${index}].content`);
    if (found !== null) return found;
  }
  return null;
}

function findInBlocks(blocks: readonly Block[], at: string): string | null {
  const index = blocks.findIndex(isMarked);
  return index < 0 ? null : `${at}[${index}].cache_control`;
}

function isMarked({ cache_control: mark }: Readonly<Record<string, unknown>>): boolean {
  return isSaid(mark);
}
