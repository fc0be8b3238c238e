import type { TranslationKind } from "../registry/entry.ts";

/** Told once what broke a stream, null where it ended by itself. Throws what the reader is to see as an error. */
type OnEnd = (breakage: unknown) => void;

/**
 * A provider's bytes up to where its connection broke, as a stream that ends there: a library that meets an error drops
 * what it had not handed on yet, and with it the word that the answer was whole. By hand and not as a generator, whose
 * `return` would wait for a provider that is silent.
 */
export function untilBreak(
  pieces: AsyncIterator<Uint8Array>,
  kind: TranslationKind,
  onEnd: OnEnd,
): AsyncIterator<Uint8Array> {
  const tail = TAILS[kind]?.() ?? PLAIN;
  let isOver = false;
  return {
    async next() {
      if (isOver) return END;
      let breakage: unknown = null;
      try {
        const piece = await pieces.next();
        if (piece.done !== true) return { done: false, value: tail.take(piece.value) };
      } catch (error) {
        breakage = error;
      }
      isOver = true;
      onEnd(breakage);
      return { done: false, value: tail.end() };
    },
    return: async () => (await pieces.return?.()) ?? END,
  };
}

const END = { done: true, value: undefined } as const;

/** What a library needs of a stream's end, where it stumbles over one that is cut. */
interface Tail {
  /** What of it can go on by now. */
  take(piece: Uint8Array): Uint8Array;
  /** What goes on at the end. */
  end(): Uint8Array;
}

const NOTHING = new Uint8Array(0);
const PLAIN: Tail = { take: (piece) => piece, end: () => NOTHING };

const TAILS: Partial<Record<TranslationKind, () => Tail>> = {
  anthropic: createClaudeTail,
  "amazon-bedrock": () => ({ take: wholeUnits(countFrameBytes), end: () => NOTHING }),
};

/**
 * Claude's library tells how an answer ended only at `message_stop`, which says nothing by itself: where Claude has said
 * how it ended and the mark did not come, it is put there.
 */
function createClaudeTail(): Tail {
  const take = wholeUnits((bytes) => bytes.lastIndexOf(LINE_FEED) + 1);
  let hasEnded = false;
  return {
    take(piece) {
      const lines = take(piece);
      // In a text of the answer the quotes would be escaped.
      hasEnded ||= lines.includes('"stop_reason"') && /"stop_reason"\s*:\s*"/.test(lines.toString("latin1"));
      return lines;
    },
    // The first line feed closes an event whose own did not come.
    end: () => (hasEnded ? encoder.encode('\nevent: message_stop\ndata: {"type":"message_stop"}\n\n') : NOTHING),
  };
}

const encoder = new TextEncoder();
const LINE_FEED = 10;

/** How many bytes Amazon's whole frames take up: each begins with its length. What is no frame is the library's to refuse. */
function countFrameBytes(bytes: Buffer): number {
  let at = 0;
  while (at + 4 <= bytes.length) {
    const length = bytes.readUInt32BE(at);
    if (length < MIN_FRAME_BYTES) return bytes.length;
    if (at + length > bytes.length) break;
    at += length;
  }
  return at;
}

const MIN_FRAME_BYTES = 16;

/** Keeps back what is not whole yet; what never becomes whole is left out. */
function wholeUnits(countWhole: (bytes: Buffer) => number): (piece: Uint8Array) => Buffer {
  let held: Buffer = Buffer.alloc(0);
  return (piece) => {
    const bytes = held.length === 0 ? asBuffer(piece) : Buffer.concat([held, piece]);
    const length = countWhole(bytes);
    held = bytes.subarray(length);
    return bytes.subarray(0, length);
  };
}

function asBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
