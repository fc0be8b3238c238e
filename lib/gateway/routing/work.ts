import type { AiFunction } from "../contract/catalog.ts";

/** What a call asks for: a function, or one model by name. */
export type Work = { kind: "function"; fn: AiFunction } | { kind: "model"; provider: string; model: string };
