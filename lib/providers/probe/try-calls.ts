import type { Connection } from "#lib/gateway/contract/snapshot.ts";
import type { ProviderFailure } from "#lib/gateway/failures.ts";
import type { ProviderAnswer, ProviderRequest } from "#lib/gateway/ports.ts";
import type { ProviderAccount } from "../account.ts";
import { openProvider } from "../open-provider.ts";
import type { Transport } from "../transport.ts";

const PROMPT = "Reply with the single word OK.";
/** Enough for a word, and for a model that thinks first to begin. */
const MAX_TOKENS = 64;

/** Providers whose newer models refuse the older name of the limit. */
const NEW_LIMIT_NAME: ReadonlySet<string> = new Set(["openai", "azure-openai"]);

interface Trial {
  account: ProviderAccount;
  transport: Transport;
  tenantId: string;
  model: string;
  signal: AbortSignal;
}

/** One short answer, whole. Null: it came. */
export async function tryCompletion(trial: Trial): Promise<ProviderFailure | null> {
  const answer = await call(trial, false);
  return answer.kind === "failure" ? answer.failure : null;
}

/** One short answer, piece by piece to its end. Null: it came. */
export async function tryStream(trial: Trial): Promise<ProviderFailure | null> {
  const answer = await call(trial, true);
  if (answer.kind === "failure") return answer.failure;
  if (answer.kind === "answer") return null;
  let isWhole = false;
  for await (const event of answer.events) {
    if (event.failure !== null) return event.failure;
    isWhole ||= event.isEnd || event.finishReason !== null;
  }
  return isWhole ? null : CUT_OFF;
}

const CUT_OFF: ProviderFailure = {
  kind: "stream-interrupted",
  httpStatus: null,
  message: "The stream ended without its end mark.",
  code: null,
  param: null,
  retryAfterMs: null,
};

function call({ account, transport, tenantId, model, signal }: Trial, isStream: boolean): Promise<ProviderAnswer> {
  const { entry } = account;
  const limit = NEW_LIMIT_NAME.has(entry.id) ? "max_completion_tokens" : "max_tokens";
  const body = {
    model,
    messages: [{ role: "user", content: PROMPT }],
    [limit]: MAX_TOKENS,
    ...(isStream && { stream: true }),
  };
  const request: ProviderRequest = {
    tenantId,
    connection: UNSAVED,
    model,
    functionSlug: null,
    wire: "openai-chat",
    via: entry.wires["openai-chat"] === undefined ? "translation" : "native",
    body,
    source: JSON.stringify(body),
    edits: {},
    passHeaders: {},
    isStream,
    signal,
  };
  return openProvider(account, transport).call(request);
}

/** An account that is being tried out is no connection yet; a provider knows its account by itself. */
const UNSAVED: Connection = {
  id: "unsaved",
  provider: "",
  name: "",
  owner: "tenant",
  hosting: "cloud",
  regions: [],
  host: "",
  models: [],
  ownPrice: null,
  unopened: null,
  isSimulated: false,
  wires: [],
  translation: null,
  timeouts: { firstTokenMs: 0, idleMs: 0 },
};
