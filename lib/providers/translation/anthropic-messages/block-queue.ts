import type { WireEvent } from "../codec.ts";

interface Block {
  start: object;
  /** What is still to be sent, while another block is open. */
  deltas: object[];
  isEnded: boolean;
}

/**
 * A message's blocks, one after the other as Anthropic sends them. Providers that send parallel tool calls may mix their
 * pieces: those of a later block wait until the earlier one is complete.
 */
export interface BlockQueue {
  open(key: string, start: object): WireEvent[];
  add(key: string, delta: object): WireEvent[];
  end(key: string): WireEvent[];
  endAll(): WireEvent[];
  has(key: string): boolean;
}

export function createBlockQueue(): BlockQueue {
  /** In their order; the first is the one that is open. */
  const waiting = new Map<string, Block>();
  const seen = new Set<string>();
  let index = 0;

  const send = (type: string, fields: object): WireEvent => ({
    event: type,
    data: JSON.stringify({ type, index, ...fields }),
  });
  const isFirst = (key: string) => waiting.keys().next().value === key;
  const begin = ({ start, deltas }: Block): WireEvent[] => [
    send("content_block_start", { content_block: start }),
    ...deltas.splice(0).map((delta) => send("content_block_delta", { delta })),
  ];
  const advance = (): WireEvent[] => {
    const events: WireEvent[] = [];
    for (const [key, block] of waiting) {
      if (!block.isEnded) break;
      events.push(send("content_block_stop", {}));
      waiting.delete(key);
      index += 1;
      const next = waiting.values().next().value;
      if (next !== undefined) events.push(...begin(next));
    }
    return events;
  };

  return {
    open(key, start) {
      const block: Block = { start, deltas: [], isEnded: false };
      waiting.set(key, block);
      seen.add(key);
      return isFirst(key) ? begin(block) : [];
    },
    add(key, delta) {
      if (isFirst(key)) return [send("content_block_delta", { delta })];
      waiting.get(key)?.deltas.push(delta);
      return [];
    },
    end(key) {
      const block = waiting.get(key);
      if (block === undefined) return [];
      block.isEnded = true;
      return isFirst(key) ? advance() : [];
    },
    endAll() {
      for (const block of waiting.values()) block.isEnded = true;
      return advance();
    },
    has: (key) => seen.has(key),
  };
}
