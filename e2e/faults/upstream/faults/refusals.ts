import type { ErrorTopic } from "../dialects/error-words.ts";
import { answerJson, answerText, writeEvent } from "../reply.ts";
import { type Exchange, type Fault, healthyType, playHealthy } from "./fault.ts";

function refuse({ reply, dialect }: Exchange, status: number, topic: ErrorTopic, headers?: Record<string, string>) {
  answerJson(reply, status, dialect.errorBody(topic, status), headers);
}

function refusal(what: string, status: number, topic: ErrorTopic): Fault {
  return { what, play: (exchange) => refuse(exchange, status, topic) };
}

/** What a clock may be off by. */
const GRACE_MS = 10;

/** A limiter as they are: it refuses, says how long to wait, and keeps to it. */
function limiter(what: string, waitMs: number, headers: Record<string, string>): Fault {
  const hasWaited = ({ sinceLastMs }: Exchange) => sinceLastMs !== null && sinceLastMs >= waitMs - GRACE_MS;
  return {
    what,
    play: (exchange) => (hasWaited(exchange) ? playHealthy(exchange) : refuse(exchange, 429, "limit", headers)),
  };
}

/** Answers with a status other than 200. */
export const REFUSALS = {
  "429": refusal("429 without a word on how long to wait", 429, "limit"),
  "429-retry-after": limiter("429 that asks for a second, and answers after it", 1_000, { "retry-after": "1" }),
  "429-retry-after-ms": limiter("429 that asks for 600 ms, and answers after them", 600, { "retry-after-ms": "600" }),
  "429-retry-after-long": limiter("429 that asks for three seconds", 3_000, { "retry-after": "3" }),
  "429-like-overflow": {
    what: "429 worded like a context overflow, as Bedrock's",
    play({ reply }) {
      const message = "Too many tokens, please wait before trying again.";
      answerJson(reply, 429, { message }, { "x-amzn-errortype": "ThrottlingException" });
    },
  },
  "429-quota": refusal("429 for an account that is out of credit", 429, "quota"),
  "402": refusal("402 for an account that is out of credit", 402, "quota"),
  "500": refusal("500, always", 500, "server"),
  "500-once": {
    what: "500 once, then healthy",
    play: (exchange) => (exchange.attempt === 1 ? refuse(exchange, 500, "server") : playHealthy(exchange)),
  },
  "503": refusal("503", 503, "overloaded"),
  "529": refusal("529, Anthropic's word for overloaded", 529, "overloaded"),
  "401": refusal("the key is refused", 401, "key"),
  "404": refusal("the model is missing", 404, "model"),
  "context-overflow": refusal("more tokens than the model takes", 400, "overflow"),
  "filtered-request": {
    what: "the prompt is stopped by the provider's filter",
    play(exchange) {
      const { reply, dialect, isStream, answer } = exchange;
      if (dialect.blocked === undefined) return refuse(exchange, 400, "filtered");
      const body = JSON.stringify(dialect.blocked(answer));
      answerText(reply, 200, healthyType(exchange), isStream ? writeEvent({ event: null, data: body }) : body);
    },
  },
  "prefill-refused": {
    what: "a conversation that ends with the assistant's words is refused; any other is answered",
    play: (exchange) => (exchange.isPrefilled ? refuse(exchange, 400, "prefill") : playHealthy(exchange)),
  },
  flapping: {
    what: "two failures, two answers, and so on",
    play: (exchange) => ((exchange.attempt - 1) % 4 < 2 ? refuse(exchange, 500, "server") : playHealthy(exchange)),
  },
  "flapping-by-time": {
    what: "down for a while, up for a while, and so on",
    play(exchange) {
      const isDown = Math.floor(exchange.faultAgeMs / exchange.pace.flapMs) % 2 === 0;
      return isDown ? refuse(exchange, 500, "server") : playHealthy(exchange);
    },
  },
  redirect: {
    what: "302 to an address where all is well",
    play: ({ reply, healthyUrl }) => answerText(reply, 302, "text/html", "", { location: healthyUrl }),
  },
} as const satisfies Record<string, Fault>;
