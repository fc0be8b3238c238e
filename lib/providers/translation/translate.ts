import { randomUUID } from "node:crypto";
import type { LanguageModelV4, LanguageModelV4CallOptions } from "@ai-sdk/provider";
import type { WireId } from "#lib/gateway/contract/wire.ts";
import type { ProviderFailure } from "#lib/gateway/failures.ts";
import type { Provider, ProviderAnswer, ProviderRequest } from "#lib/gateway/ports.ts";
import type { ProviderAccount } from "../account.ts";
import { withoutSecrets } from "../clean-answer.ts";
import type { TranslationKind } from "../registry/entry.ts";
import type { Transport } from "../transport.ts";
import { type AnswerContext, TranslationError, type WireCodec } from "./codec.ts";
import { type Exchange, fetchOver, openExchange } from "./fetch.ts";
import { createGoogleTokens } from "./google-token.ts";
import { findBreak, mapFinishReason } from "./map-finish-reason.ts";
import { badResponse, mapThrown, unsupported } from "./map-thrown.ts";
import { mapUsage } from "./map-usage.ts";
import { LIBRARIES, type ModelInput } from "./models.ts";
import { embed } from "./openai-embeddings/index.ts";
import { prepareCall } from "./prepare-call.ts";
import { checkAddresses } from "./prepare-prompt.ts";
import { readStream } from "./read-stream.ts";
import { rehearse } from "./rehearse.ts";
import { findDropped } from "./warnings.ts";

/** Wires in which a conversation is held, each with what reads and writes it. */
export type Codecs = Readonly<Partial<Record<WireId, WireCodec>>>;

/** What is not decided by a request and its answer. */
export interface Surroundings {
  now(): number;
  /** Letters and digits, never the same twice. */
  newId(): string;
}

const REAL: Surroundings = { now: () => Date.now(), newId: () => randomUUID().replaceAll("-", "") };

/** An account as a provider for callers of wires that it does not speak: through a library, over our transport. */
export function openTranslator(
  account: ProviderAccount,
  transport: Transport,
  codecs: Codecs,
  { now, newId }: Surroundings = REAL,
): Provider {
  const kind = account.entry.translation;
  if (kind === null) throw new Error(`Nothing translates for ${account.entry.id}.`);
  const tokens = createGoogleTokens(transport, now);
  return {
    async call(request) {
      const { signal, model, isStream } = request;
      const exchange = openExchange(kind, isStream, signal);
      const accessToken = () => tokens.get(account.fields.serviceAccountJson ?? "", signal);
      const input: ModelInput = { account, model, fetch: fetchOver(transport, exchange), accessToken };
      const context = { target: { kind, model }, body: request.body, id: newId(), createdAtMs: now() };
      try {
        return withoutSecrets(account, await answer(kind, request, { codecs, input, exchange, context }));
      } catch (error) {
        exchange.leave();
        const { isSent, providerRequestId } = exchange;
        const failure = mapThrown(error, signal);
        // A library that stumbles before it has sent anything stumbled over the request.
        const isUnsaid = !isSent && failure.kind === "bad-response";
        const told = isUnsaid ? unsupported("its library cannot put it into words.") : failure;
        return withoutSecrets(account, { kind: "failure", failure: told, providerRequestId });
      }
    },
  };
}

interface Call {
  codecs: Codecs;
  input: ModelInput;
  exchange: Exchange;
  context: AnswerContext;
}

async function answer(kind: TranslationKind, request: ProviderRequest, call: Call): Promise<ProviderAnswer> {
  const { input, exchange, context } = call;
  const { wire, body, signal, isStream } = request;
  if (wire === "openai-embeddings") return embed(kind, body, input, exchange);
  const codec = call.codecs[wire];
  if (codec === undefined) throw new TranslationError("unsupported", `nothing speaks ${wire} to it.`, null);
  const options = { ...prepareCall(codec.toCallOptions(body, context.target), context.target), abortSignal: signal };
  const model = await LIBRARIES[kind].language(input);
  checkAddresses(options.prompt, await model.supportedUrls);
  const dropped = await rehearse(kind, input, options);
  if (dropped !== null) return { kind: "failure", failure: dropped, providerRequestId: null };
  if (!isStream) return await generate(model, options, codec, call);
  const { stream } = await model.doStream({ ...options, includeRawChunks: true });
  const events = readStream({ parts: stream, writer: codec.openStream(context), exchange });
  return { kind: "stream", events, providerRequestId: exchange.providerRequestId };
}

/** Nothing interrupts an answer that is there: one that does not say how it ended is none. */
function asBadAnswer(failure: ProviderFailure | null): ProviderFailure | null {
  return failure?.kind === "stream-interrupted"
    ? badResponse("The provider's answer does not say how it ended.")
    : failure;
}

const encoder = new TextEncoder();

async function generate(
  model: LanguageModelV4,
  options: LanguageModelV4CallOptions,
  codec: WireCodec,
  { exchange, context }: Call,
): Promise<ProviderAnswer> {
  const result = await model.doGenerate(options);
  const { providerRequestId } = exchange;
  const failure = findDropped(result.warnings) ?? asBadAnswer(findBreak(result.finishReason));
  if (failure !== null) return { kind: "failure", failure, providerRequestId };
  return {
    kind: "answer",
    body: encoder.encode(JSON.stringify(codec.fromResult(result, context))),
    usage: mapUsage(result.usage),
    finishReason: mapFinishReason(result.finishReason),
    providerRequestId,
  };
}
