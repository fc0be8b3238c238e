import { AI_SDK } from "./ai-sdk.ts";
import { ANTHROPIC_MESSAGES } from "./anthropic-messages.ts";
import type { Client } from "./client.ts";
import { OPENAI_CHAT } from "./openai-chat.ts";
import { OPENAI_RESPONSES } from "./openai-responses.ts";

/** Every official client that holds a conversation, over each wire that it speaks. */
export const CLIENTS: readonly Client[] = [OPENAI_CHAT, OPENAI_RESPONSES, ANTHROPIC_MESSAGES, ...AI_SDK];
