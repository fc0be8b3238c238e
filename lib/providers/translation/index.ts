import type { Provider } from "#lib/gateway/ports.ts";
import type { ProviderAccount } from "../account.ts";
import type { Transport } from "../transport.ts";
import { ANTHROPIC_MESSAGES_CODEC } from "./anthropic-messages/index.ts";
import { OPENAI_CHAT_CODEC } from "./openai-chat/index.ts";
import { OPENAI_RESPONSES_CODEC } from "./openai-responses/index.ts";
import { type Codecs, openTranslator } from "./translate.ts";

/** Embeddings have their own way; tokens are counted by those who speak that wire, or not at all. */
const CODECS: Codecs = {
  "openai-chat": OPENAI_CHAT_CODEC,
  "openai-responses": OPENAI_RESPONSES_CODEC,
  "anthropic-messages": ANTHROPIC_MESSAGES_CODEC,
};

/** An account as a provider for callers of wires that it does not speak. */
export function createTranslator(account: ProviderAccount, transport: Transport): Provider {
  return openTranslator(account, transport, CODECS);
}
