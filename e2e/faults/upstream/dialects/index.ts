import { ANTHROPIC_MESSAGES } from "./anthropic-messages.ts";
import type { Dialect } from "./dialect.ts";
import { GOOGLE } from "./google.ts";
import { OPENAI_CHAT } from "./openai-chat.ts";
import { OPENAI_RESPONSES } from "./openai-responses.ts";

const DIALECTS: readonly Dialect[] = [OPENAI_CHAT, ANTHROPIC_MESSAGES, OPENAI_RESPONSES, GOOGLE];

/** Null: the stand-in speaks nothing at this path. */
export function dialectOf(pathAndQuery: string): Dialect | null {
  const [path = ""] = pathAndQuery.split("?");
  return DIALECTS.find((dialect) => dialect.path.test(path)) ?? null;
}
