import type { LanguageModelV4CallOptions } from "@ai-sdk/provider";
import type { ProviderFailure } from "#lib/gateway/failures.ts";
import type { TranslationKind } from "../registry/entry.ts";
import { LIBRARIES, type ModelInput } from "./models.ts";
import { findDropped } from "./warnings.ts";

/** Settings that some models take within bounds, in part, or not beside each other: what else there is, all of a kind take. */
const DELICATE = [
  "temperature",
  "topP",
  "topK",
  "presencePenalty",
  "frequencyPenalty",
  "seed",
  "stopSequences",
  "reasoning",
  "responseFormat",
] as const satisfies readonly (keyof LanguageModelV4CallOptions)[];

const BARE: LanguageModelV4CallOptions["prompt"] = [{ role: "user", content: [{ type: "text", text: "." }] }];

/**
 * What a library would leave out of a call's settings; null: nothing. It says so only beside an answer, which would have
 * been paid for by then: so it is asked first, about a bare prompt and with nobody to send it to.
 */
export async function rehearse(
  kind: TranslationKind,
  input: ModelInput,
  options: LanguageModelV4CallOptions,
): Promise<ProviderFailure | null> {
  if (DELICATE.every((setting) => options[setting] === undefined)) return null;
  try {
    const model = await LIBRARIES[kind].language({ ...input, fetch: answerNothing, accessToken: async () => "" });
    const { stream } = await model.doStream({ ...options, prompt: BARE });
    const reader = stream.getReader();
    const { value } = await reader.read();
    reader.cancel().catch(() => {});
    return value?.type === "stream-start" ? findDropped(value.warnings) : null;
  } catch {
    // What it stumbles over it stumbles over again in earnest, and that is told then.
    return null;
  }
}

async function answerNothing(): Promise<Response> {
  return new Response(new ReadableStream({ start: (controller) => controller.close() }), {
    headers: { "content-type": "text/event-stream" },
  });
}
