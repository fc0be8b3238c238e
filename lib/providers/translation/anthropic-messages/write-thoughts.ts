import type { SharedV4ProviderMetadata } from "@ai-sdk/provider";
import type { AnswerContext, AnswerPart, WireEvent } from "../codec.ts";
import { readSeal } from "../part-marks.ts";
import type { BlockQueue } from "./block-queue.ts";
import { omitsThoughts } from "./request.ts";
import { writeSignature } from "./thought-seal.ts";

type ReasoningPart = Extract<AnswerPart, { type: "reasoning-start" | "reasoning-delta" | "reasoning-end" }>;

interface Thought {
  id: string;
  key: string;
  /** With the last seal that came: some providers send it with the first piece, others with the last. */
  metadata: SharedV4ProviderMetadata | undefined;
}

/** A stream's thoughts as blocks. A thought is signed when it ends: what comes after it ends it as well. */
export function createThoughtWriter(blocks: BlockQueue, context: AnswerContext) {
  let open: Thought | null = null;
  let count = 0;

  const close = (): WireEvent[] => {
    if (open === null) return [];
    const { key, metadata } = open;
    open = null;
    const signature = writeSignature(metadata, context.target);
    return [...blocks.add(key, { type: "signature_delta", signature }), ...blocks.end(key)];
  };
  const begin = (id: string, start: object): WireEvent[] => {
    const events = close();
    open = { id, key: `thought ${count}`, metadata: undefined };
    count += 1;
    return [...events, ...blocks.open(open.key, start)];
  };
  const addRedacted = (id: string, data: string): WireEvent[] => {
    const events = begin(id, { type: "redacted_thinking", data });
    const { key } = open as unknown as Thought;
    open = null;
    return [...events, ...blocks.end(key)];
  };

  return {
    close,
    add(part: ReasoningPart): WireEvent[] {
      const seal = readSeal(part.providerMetadata);
      if (seal?.by === "anthropic" && seal.isRedacted) return addRedacted(part.id, seal.value);
      const text = part.type === "reasoning-delta" ? part.delta : "";
      const events: WireEvent[] = [];
      const isSaid = text !== "" || seal !== null;
      if (isSaid && open?.id !== part.id)
        events.push(...begin(part.id, { type: "thinking", thinking: "", signature: "" }));
      const thought = open as Thought | null;
      if (thought === null || thought.id !== part.id) return events;
      if (seal !== null) thought.metadata = part.providerMetadata;
      if (text !== "" && !omitsThoughts(context.body)) {
        events.push(...blocks.add(thought.key, { type: "thinking_delta", thinking: text }));
      }
      return part.type === "reasoning-end" ? [...events, ...close()] : events;
    },
  };
}
