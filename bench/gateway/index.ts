import autocannon from "autocannon";
import { type Contender, startField } from "./contenders.ts";

const CONNECTIONS = 32;
const WARM_UP_SECONDS = 5;
/** Before each round too: a process that waited for its turn has had its compiled code and caches taken away. */
const ROUND_WARM_UP_SECONDS = 1;
const ROUND_SECONDS = 4;
const ROUNDS = 5;

interface Figures {
  requestsPerSecond: number;
  p50Ms: number;
  p99Ms: number;
}

/**
 * Closed-loop load on the non-streaming chat call, everything before the same instant upstream. The contenders take
 * turns, so that what else the machine does falls on all of them; each figure is the median of its rounds.
 */
export async function run(): Promise<void> {
  const field = await startField();
  try {
    const rounds = new Map<string, Figures[]>(field.contenders.map(({ name }) => [name, []]));
    for (const contender of field.contenders) await load(contender, WARM_UP_SECONDS);
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const contender of field.contenders) {
        await load(contender, ROUND_WARM_UP_SECONDS);
        rounds.get(contender.name)?.push(await load(contender, ROUND_SECONDS));
      }
    }
    print([...rounds].map(([name, figures]) => ({ name, ...medians(figures) })));
  } finally {
    await field.close();
  }
}

async function load({ name, url, headers, model }: Contender, seconds: number): Promise<Figures> {
  const result = await autocannon({
    url: `${url}/v1/chat/completions`,
    method: "POST",
    connections: CONNECTIONS,
    duration: seconds,
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({
      model,
      messages: [{ role: "user", content: "Which department is this for? Our invoice of March is wrong." }],
    }),
  });
  const failed = result.errors + result.timeouts + result.non2xx;
  if (failed > 0)
    throw new Error(`${name}: ${failed} of ${result.requests.total} calls failed; the figures would mean nothing.`);
  return { requestsPerSecond: result.requests.average, p50Ms: result.latency.p50, p99Ms: result.latency.p99 };
}

function medians(figures: readonly Figures[]): Figures {
  const median = (pick: (figure: Figures) => number) =>
    figures.map(pick).sort((a, b) => a - b)[Math.floor(figures.length / 2)] as number;
  return {
    requestsPerSecond: median((figure) => figure.requestsPerSecond),
    p50Ms: median((figure) => figure.p50Ms),
    p99Ms: median((figure) => figure.p99Ms),
  };
}

function print(rows: readonly (Figures & { name: string })[]): void {
  const [bare, peer] = rows as unknown as [Figures, Figures];
  console.log(`\n${CONNECTIONS} connections, median of ${ROUNDS} rounds of ${ROUND_SECONDS} s\n`);
  console.table(
    rows.map((row) => ({
      "": row.name,
      "requests/s": Math.round(row.requestsPerSecond),
      "p50 ms": row.p50Ms,
      "p99 ms": row.p99Ms,
      "× bare": (row.requestsPerSecond / bare.requestsPerSecond).toFixed(2),
      "× peer": (row.requestsPerSecond / peer.requestsPerSecond).toFixed(2),
    })),
  );
}
