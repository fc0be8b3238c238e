import type { Hint, RequestHint } from "../../contract/wire.ts";
import type { Block, MessagesBody } from "./schema.ts";
import { isSaid } from "./unknown-fields.ts";

/** What changes nothing about the answer: each hint once, with the first field that gives it. */
export function readHints(body: MessagesBody): RequestHint[] {
  const { user_id: user, ...metadata } = body.metadata ?? {};
  const eager = body.tools?.findIndex((tool) => isSaid(tool.eager_input_streaming)) ?? -1;
  const found: [Hint, string | null][] = [
    ["prompt-cache", findCacheControl(body)],
    ["earlier-reasoning", findThought(body)],
    ["user", isSaid(user) ? "metadata.user_id" : null],
    ["metadata", Object.values(metadata).some(isSaid) ? "metadata" : null],
    ["service-tier", isSaid(body.service_tier) ? "service_tier" : isSaid(body.speed) ? "speed" : null],
    ["stream-options", eager >= 0 ? `tools[${eager}].eager_input_streaming` : null],
  ];
  return found.flatMap(([hint, param]) => (param === null ? [] : [{ hint, param }]));
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

/** What a model thought in an earlier turn, for the same provider's models to go on from. */
function findThought({ messages }: MessagesBody): string | null {
  return findInMessages(messages, (blocks, at) => {
    const index = blocks.findIndex(({ type }) => type === "thinking" || type === "redacted_thinking");
    return index < 0 ? null : `${at}[${index}]`;
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
