import type { GatewayUnderTest } from "#e2e/support/gateway.ts";
import type { Json, Recording } from "#e2e/support/recordings.ts";
import { type Cut, replay } from "#e2e/support/replay.ts";
import type { UpstreamCall } from "#e2e/support/upstream.ts";
import { checkNativeAnswer, checkNativeRequest, nativeCall } from "./check-native.ts";
import { checkRecord, type Recorded } from "./check-record.ts";
import { checkEstimate, checkForeseen, checkRefusal, type Refused } from "./check-refusal.ts";
import { checkTranslatedAnswer, readTranslated, translatedCall } from "./check-translated.ts";
import type { Exchange } from "./exchange.ts";
import type { Lane } from "./lanes.ts";
import { readNativeAnswer } from "./native-answers.ts";
import { callWatched } from "./watched-call.ts";

export interface Played extends Exchange {
  problems: string[];
  /** For the ledger; null where nothing is put on record. */
  recorded: Recorded | null;
}

/** Plays one recorded exchange and compares what the caller and the provider saw. One at a time for each provider. */
export async function play(gateway: GatewayUnderTest, lane: Lane, recording: Recording, cut: Cut): Promise<Played> {
  const sent: UpstreamCall[] = [];
  gateway.upstream.on(lane.provider, (response, call) => {
    sent.push(call);
    return replay(recording, cut)(response, call);
  });
  const call = lane.translation === null ? nativeCall(lane, recording) : translatedCall(lane, recording);
  const exchange: Exchange = { lane, recording, call, sent, seen: await callWatched(gateway, call) };
  return { ...exchange, ...(sent.length === 0 ? compareUnasked(exchange) : compare(exchange)) };
}

type Compared = Pick<Played, "problems" | "recorded">;

function compareUnasked(exchange: Exchange): Compared {
  const { recording, seen } = exchange;
  if (recording.status !== 400)
    return { problems: [`the provider was not asked: ${seen.text.slice(0, 300)}`], recorded: null };
  const error = readRefusal(JSON.parse(recording.body.toString()));
  return { problems: checkForeseen(exchange, error), recorded: { tokens: null, error, isForeseen: true } };
}

function compare(exchange: Exchange): Compared {
  const { lane, recording } = exchange;
  const sentAsIs = lane.translation === null ? checkNativeRequest(exchange) : [];
  if (recording.status >= 400) {
    if (lane.wire === "anthropic-count-tokens") return { problems: checkEstimate(exchange), recorded: null };
    const error = readRefusal(JSON.parse(recording.body.toString()));
    return { problems: [...sentAsIs, ...checkRefusal(exchange, error)], recorded: { tokens: null, error } };
  }
  if (lane.translation !== null) {
    const recorded = readTranslated(lane, recording);
    return { problems: checkTranslatedAnswer(exchange, recorded), recorded: { tokens: recorded.usage, error: null } };
  }
  const recorded = readNativeAnswer(lane.wire, recording);
  const isRefused = recorded.error !== null && !recording.isStream;
  const problems = isRefused
    ? checkRefusal(exchange, recorded.error as Refused)
    : checkNativeAnswer(exchange, recorded);
  const isOnRecord = lane.wire !== "anthropic-count-tokens";
  return { problems: [...sentAsIs, ...problems], recorded: isOnRecord ? recorded : null };
}

/** In whichever shape a provider refuses. */
function readRefusal(body: Json): Refused {
  const told = Array.isArray(body) ? body[0] : body;
  const error = told.error ?? told;
  if (typeof error === "string") return { message: error, code: "" };
  return { message: error.message ?? "", code: String(error.code), param: error.param };
}

/** What the ledger has of an exchange that was played without a problem. */
export async function compareRecord(gateway: GatewayUnderTest, played: Played): Promise<string[]> {
  if (played.recorded === null) return [];
  const record = await gateway.invocation(played.seen.response.headers.get("x-switchyard-invocation-id"));
  return checkRecord(record, played, played.recorded);
}
