import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { gunzipSync } from "node:zlib";
import { dialectOf } from "./dialects/index.ts";
import type { Exchange, Pace } from "./faults/fault.ts";
import { FAULTS, type FaultId } from "./faults/index.ts";
import { createRequestParser, type RawRequest } from "./parse-request.ts";
import { answerJson, openReply, type Reply } from "./reply.ts";

/** One request that a lane was asked, and what became of it. */
export interface Attempt {
  lane: string;
  /** The case that the request's text names; null for one that names none. */
  caseId: string | null;
  fault: FaultId;
  /** From 1, among its case's on its lane. */
  number: number;
  /** Below the lane, with the query. */
  path: string;
  headers: Readonly<Record<string, string>>;
  // biome-ignore lint/suspicious/noExplicitAny: whatever was sent; the test says what it expects.
  body: any;
  /** When the request had come whole: milliseconds of `performance.now()`. */
  atMs: number;
  /** How long its lane or its case had had this fault by then. */
  faultAgeMs: number;
  /** Since the one before it; null: there was none. */
  sinceLastMs: number | null;
  /** When the client closed the connection before the answer was over; null: it did not, so far. */
  closedByClientAtMs: number | null;
  /** The status that went out; null: none has. */
  status(): number | null;
  /** The answer's body so far, without frames and compression. */
  sent(): string;
}

/** What each lane does to a case's requests; a lane that is not named does what it always does. */
export type Script = Readonly<Record<string, FaultId>>;

/** A stand-in for providers on raw sockets. Each lane is a path of its own: the base URL of one provider. */
export interface FaultUpstream {
  attempts: readonly Attempt[];
  attemptsOf(caseId: string, lane?: string): Attempt[];
  laneUrl(lane: string): string;
  /** From now on, for every request to the lane that has no script. Lanes are healthy until told otherwise. */
  setLane(lane: string, fault: FaultId): void;
  /** For the requests whose text holds `caseMark(caseId)`. */
  setCase(caseId: string, script: Script): void;
  connectionCount(): number;
  close(): Promise<void>;
}

const DEFAULT_PACE: Pace = { lateMs: 5_000, trickleMs: 1, flapMs: 4_000 };

const CASE_MARK = /\[case:([\w.-]+)\]/;

/** Put into a message, it says which script a request follows. */
export function caseMark(caseId: string): string {
  return `[case:${caseId}]`;
}

/** What every healthy lane says to a case. Some pieces begin with a space, and one holds more than ASCII. */
export function tokensFor(caseId: string | null): string[] {
  return [
    "Answer",
    ` to ${caseId ?? "nobody"}`,
    ":",
    " one",
    " two",
    " zwölf",
    " snow☃man",
    " four",
    " five",
    " done",
    ".",
  ];
}

export async function openFaultUpstream(pace: Partial<Pace> = {}): Promise<FaultUpstream> {
  const attempts: Attempt[] = [];
  const byCase = new Map<string | null, Attempt[]>();
  const latest = new Map<string, Attempt>();
  const lanes = new Map<string, { fault: FaultId; sinceMs: number }>();
  const cases = new Map<string, { script: Script; sinceMs: number }>();
  const sockets = new Set<Socket>();
  let connections = 0;

  const take = (request: RawRequest, reply: Reply): Attempt => {
    const [, lane = "", ...rest] = request.target.split("/");
    const caseId = CASE_MARK.exec(request.body)?.[1] ?? null;
    const scripted = cases.get(caseId ?? "");
    const standing = lanes.get(lane) ?? { fault: "healthy", sinceMs: 0 };
    const ofCase = scripted?.script[lane];
    const { fault, sinceMs } = ofCase === undefined ? standing : { fault: ofCase, sinceMs: scripted?.sinceMs ?? 0 };
    const last = latest.get(`${lane} ${caseId}`) ?? null;
    const atMs = performance.now();
    const attempt: Attempt = {
      lane,
      caseId,
      fault,
      number: (last?.number ?? 0) + 1,
      path: `/${rest.join("/")}`,
      headers: request.headers,
      body: parseJson(request.body),
      atMs,
      faultAgeMs: atMs - sinceMs,
      sinceLastMs: last === null ? null : atMs - last.atMs,
      closedByClientAtMs: null,
      status: reply.status,
      sent: () => plainText(reply.sent()),
    };
    attempts.push(attempt);
    const known = byCase.get(caseId) ?? [];
    byCase.set(caseId, known);
    known.push(attempt);
    latest.set(`${lane} ${caseId}`, attempt);
    return attempt;
  };

  const server = createServer({ noDelay: true }, (socket) => {
    connections += 1;
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    serve(socket, (request, reply) => {
      const attempt = take(request, reply);
      const healthyUrl = `${baseUrl}/healthy${attempt.path}`;
      // A fault in here is the test's own: an unhandled rejection, which fails the run.
      void play(attempt, { reply, healthyUrl, pace: { ...DEFAULT_PACE, ...pace } });
      return attempt;
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    attempts,
    attemptsOf: (caseId, lane) =>
      (byCase.get(caseId) ?? []).filter((attempt) => lane === undefined || attempt.lane === lane),
    laneUrl: (lane) => `${baseUrl}/${lane}`,
    setLane: (lane, fault) => {
      lanes.set(lane, { fault, sinceMs: performance.now() });
    },
    setCase: (caseId, script) => {
      cases.set(caseId, { script, sinceMs: performance.now() });
    },
    connectionCount: () => connections,
    async close() {
      const closed = once(server, "close");
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** One connection: its requests one after another, and whether the client leaves in the middle of an answer. */
function serve(socket: Socket, answer: (request: RawRequest, reply: Reply) => Attempt): void {
  const parser = createRequestParser();
  const gone = new AbortController();
  let open: Attempt | null = null;
  let isOver = false;
  const noteLeaving = () => {
    if (open !== null && !isOver) open.closedByClientAtMs ??= performance.now();
  };
  socket.on("data", (piece) => {
    for (const request of parser.push(piece)) {
      isOver = false;
      const reply = openReply(socket, gone.signal, () => {
        isOver = true;
      });
      open = answer(request, reply);
    }
  });
  socket.on("end", noteLeaving);
  socket.on("error", noteLeaving);
  socket.on("close", () => {
    noteLeaving();
    gone.abort();
  });
}

async function play(
  attempt: Attempt,
  { reply, healthyUrl, pace }: Pick<Exchange, "reply" | "healthyUrl" | "pace">,
): Promise<void> {
  const dialect = dialectOf(attempt.path);
  if (dialect === null || attempt.body === null) {
    answerJson(reply, 501, { error: { message: `The stand-in does not speak ${attempt.path}.` } });
    return;
  }
  const { isStream, model, wantsUsage, begun } = dialect.read(attempt.body, attempt.path);
  await FAULTS[attempt.fault].play({
    dialect,
    isStream,
    isPrefilled: begun !== "",
    answer: {
      id: `${attempt.lane}-${attempt.number}`,
      model,
      tokens: withoutBeginning(tokensFor(attempt.caseId), begun),
      ending: "complete",
      wantsUsage,
    },
    attempt: attempt.number,
    sinceLastMs: attempt.sinceLastMs,
    faultAgeMs: attempt.faultAgeMs,
    healthyUrl,
    pace,
    reply,
  });
}

/** What is left to say; all of it when the beginning is not ours. */
function withoutBeginning(tokens: readonly string[], said: string): string[] {
  if (!tokens.join("").startsWith(said)) return [...tokens];
  const left: string[] = [];
  let skip = said.length;
  for (const token of tokens) {
    if (skip < token.length) left.push(token.slice(skip));
    skip = Math.max(0, skip - token.length);
  }
  return left;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function plainText(bytes: Buffer): string {
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return (isGzip ? gunzipSync(bytes) : bytes).toString();
}
