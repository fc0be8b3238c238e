import type { GatewayError } from "../errors.ts";
import type { Clock } from "../ports.ts";
import type { Wire } from "../wires/wire.ts";
import { encode } from "./relay.ts";

const COMMENT = new TextEncoder().encode(": the answer is being made\n\n");

/** How long a caller of a held answer waits without a sign of life. Below the idle limits of common proxies. */
export const HEARTBEAT_MS = 10_000;

/** What `work` brings, or `null` if it takes longer than a heartbeat: its caller is better told that it goes on. */
export function withinHeartbeat<T>(clock: Pick<Clock, "schedule">, work: Promise<T>): Promise<T | null> {
  return new Promise((resolve, reject) => {
    const cancel = clock.schedule(() => resolve(null), HEARTBEAT_MS);
    work.then(resolve, reject).finally(cancel);
  });
}

/** Comments, which every reader of server-sent events passes over, until `work` is done; then what it brings. */
export async function* beatUntil<T>(
  clock: Pick<Clock, "schedule">,
  work: Promise<T>,
  open: (result: T) => AsyncIterable<Uint8Array>,
  failed: (fault: unknown) => AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const settled = work.then(open, failed);
  let isOpen = false;
  try {
    yield COMMENT;
    for (;;) {
      const answer = await withinHeartbeat(clock, settled);
      if (answer !== null) {
        isOpen = true;
        yield* answer;
        return;
      }
      yield COMMENT;
    }
  } finally {
    // A caller that left between two comments: what comes is begun and left, so that its end is on record too.
    if (!isOpen) void settled.then(leave).catch(() => {});
  }
}

async function leave(answer: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const _ of answer) return;
}

/** One error event, and no end mark. */
export async function* encodeError(wire: Wire, error: GatewayError, requestId: string): AsyncGenerator<Uint8Array> {
  yield encode(wire.errorEvent(error, requestId));
}
