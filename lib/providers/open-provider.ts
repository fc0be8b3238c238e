import type { WireId } from "#lib/gateway/contract/wire.ts";
import type { Provider } from "#lib/gateway/ports.ts";
import { type ProviderAccount, upstreamModel } from "./account.ts";
import { ANTHROPIC_COUNT_TOKENS, ANTHROPIC_MESSAGES } from "./anthropic-messages/index.ts";
import { exchange, type WireReader } from "./exchange.ts";
import { OPENAI_CHAT } from "./openai-chat/index.ts";
import { OPENAI_EMBEDDINGS } from "./openai-embeddings/index.ts";
import { OPENAI_RESPONSES } from "./openai-responses/index.ts";
import { createTranslator } from "./translation/index.ts";
import type { Transport } from "./transport.ts";

const READERS = {
  "openai-chat": OPENAI_CHAT,
  "openai-embeddings": OPENAI_EMBEDDINGS,
  "openai-responses": OPENAI_RESPONSES,
  "anthropic-messages": ANTHROPIC_MESSAGES,
  "anthropic-count-tokens": ANTHROPIC_COUNT_TOKENS,
} as const satisfies Record<WireId, WireReader>;

/** An account as the engine calls it: in the caller's wire where its provider speaks it, else through a translation. */
export function openProvider(account: ProviderAccount, transport: Transport): Provider {
  const translator = account.entry.translation === null ? null : createTranslator(account, transport);
  return {
    call(asked) {
      const request = { ...asked, model: upstreamModel(account, asked.model) };
      if (request.via === "native") return exchange(transport, account, request, READERS[request.wire]);
      if (translator === null) throw new Error(`Nothing translates for ${account.entry.id}.`);
      return translator.call(request);
    },
  };
}
