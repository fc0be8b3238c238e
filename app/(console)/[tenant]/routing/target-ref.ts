import { formatProvider } from "#lib/format/provider.ts";
import type { TargetRef } from "./edit-config.ts";

/** Tells the targets of one chain apart, whatever else their chain says of them. */
export function targetKey({ provider, model, connectionId }: TargetRef): string {
  return `${provider}/${model} ${connectionId ?? ""}`;
}

/** `gpt-5.5 at OpenAI` */
export function targetName({ provider, model }: TargetRef): string {
  return `${model} at ${formatProvider(provider)}`;
}

export function isSameTarget(one: TargetRef | undefined, other: TargetRef): boolean {
  return one !== undefined && targetKey(one) === targetKey(other);
}
