import type { WireBody } from "#lib/gateway/contract/wire.ts";
import type { ProviderAnswer, StreamEvent } from "#lib/gateway/ports.ts";
import type { Transport, UpstreamResponse } from "../transport.ts";

type Serve = (body: WireBody, isStream: boolean, signal: AbortSignal) => Promise<ProviderAnswer>;

const encoder = new TextEncoder();

/** A transport that reaches no network: each request is answered here, in OpenAI's chat wire. */
export function serveInProcess(serve: Serve): Transport {
  return {
    async post({ body, signal }) {
      const request = JSON.parse(String(body)) as WireBody;
      const answer = await serve(request, request.stream === true, signal);
      if (answer.kind === "failure") throw new Error(answer.failure.message);
      if (answer.kind === "answer") return respond("application/json", [answer.body]);
      return respond("text/event-stream", encode(answer.events));
    },
    close: async () => {},
  };
}

function respond(contentType: string, pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): UpstreamResponse {
  return {
    status: 200,
    header: (name) => (name === "content-type" ? contentType : undefined),
    async readBody() {
      const all: Uint8Array[] = [];
      for await (const piece of pieces) all.push(piece);
      return Buffer.concat(all);
    },
    async *stream() {
      yield* pieces;
    },
  };
}

async function* encode(events: AsyncIterable<StreamEvent>): AsyncGenerator<Uint8Array> {
  for await (const { sse, failure } of events) {
    if (failure !== null) throw new Error(failure.message);
    if (sse !== null) yield encoder.encode(`data: ${sse.data}\n\n`);
  }
}
