"use client";

import { Snippet } from "#components/feedback/snippet.tsx";
import { useOrigin } from "#components/feedback/use-origin.ts";

/** What every sample needs to be set, with the address of this instance. */
export function Variables() {
  const code = [`export SWITCHYARD_URL=${useOrigin()}`, "export SWITCHYARD_API_KEY=sy_…"].join("\n");
  return <Snippet label="what the samples need" code={code} />;
}
