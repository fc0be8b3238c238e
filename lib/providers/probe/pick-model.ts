import type { ProviderAccount } from "../account.ts";
import type { ListedModel, ProbeStep, WantedModel } from "./contract.ts";

export interface Picked {
  /** Null: there is none to try. */
  model: string | null;
  step: Pick<ProbeStep, "status" | "message">;
}

/** Names of models that do not hold a conversation. */
const NO_CHAT = /embed|rerank|whisper|tts|speech|audio|image|vision-encoder|moderation|dall-e|sora|guard/i;
const MAX_NAMED = 5;

/** The model to try: the one that is named, else one that the server has. */
export function pickModel(
  { entry }: ProviderAccount,
  { named, candidates }: WantedModel,
  listed: readonly ListedModel[] | null,
): Picked {
  const ids = listed?.map(({ id }) => id) ?? null;
  if (named !== null) return pickNamed(entry.hosting, named, ids);
  if (ids === null) {
    const model = candidates[0] ?? null;
    if (model !== null) return { model, step: { status: "passed", message: "Its models are those of the catalog." } };
    return { model, step: { status: "skipped", message: "It does not list its models: name one to try." } };
  }
  const model = candidates.find((id) => ids.includes(id)) ?? ids.find((id) => !NO_CHAT.test(id)) ?? ids[0] ?? null;
  if (model !== null) return { model, step: { status: "passed", message: `It has ${nameSome(ids)}.` } };
  return { model, step: { status: "failed", message: "The server has no models: load one." } };
}

function pickNamed(hosting: "cloud" | "self-hosted", named: string, ids: readonly string[] | null): Picked {
  // Clouds take more names than they list: aliases, models of one's own. A call shows it.
  if (ids === null || hosting === "cloud") return { model: named, step: { status: "passed", message: "As named." } };
  const isThere = ids.some((id) => id === named || id === `${named}:latest`);
  if (isThere) return { model: named, step: { status: "passed", message: `It has ${named}.` } };
  const others = ids.length === 0 ? "It has none: load one." : `It has ${nameSome(ids)}.`;
  return { model: null, step: { status: "failed", message: `The server does not have ${named}. ${others}` } };
}

function nameSome(ids: readonly string[]): string {
  const more = ids.length - MAX_NAMED;
  const first = ids.slice(0, MAX_NAMED).join(", ");
  return more > 0 ? `${first} and ${more} more` : first;
}
