import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import type { InvocationRecord } from "#lib/gateway/contract/invocation.ts";
import { toRow } from "./record-row.ts";
import { spoolAtOnce, toLine } from "./spool.ts";
import type { Answer, Request, ThreadData } from "./thread.ts";

export interface Ledger {
  /** Returns at once and never throws. The record is in the spool within `POST_MS` and in PostgreSQL soon after. */
  record(invocation: InvocationRecord): void;
  /** Waits until everything recorded so far is in PostgreSQL, or safe in the spool if that cannot be reached. */
  flush(): Promise<void>;
  /** Flushes and stops. What PostgreSQL did not take is written by the next start. */
  close(): Promise<void>;
}

interface LedgerOptions extends ThreadData {
  log: Record<"warn" | "error", (details: object, message: string) => void>;
}

const POST_MS = 100;
const RESTART_MS = 1_000;
const CLOSE_MS = 5_000;

/**
 * The ledger as the gateway's thread sees it: a line of text a call, handed over in batches to a thread that does the
 * rest. What that thread has not said to be safe is kept here: it goes to the next thread if this one breaks down, and
 * to the spool if the process ends.
 */
export async function openLedger({ appUrl, spoolFolder, log }: LedgerOptions): Promise<Ledger> {
  const unanswered = new Map<number, { request: Request; done(): void }>();
  let recorded = "";
  let timer: NodeJS.Timeout | undefined;
  let postedAt = Number.NEGATIVE_INFINITY;
  let count = 0;
  let isClosed = false;

  const start = () => {
    const workerData: ThreadData = { appUrl, spoolFolder };
    const started = new Worker(new URL("./thread.ts", import.meta.url), { name: "ledger", workerData });
    started.on("message", hear);
    started.on("error", (error) => log.error({ err: error }, "the ledger's thread broke down"));
    started.on("exit", (exitCode) => {
      if (isClosed) return;
      log.error({ exitCode }, "the ledger's thread ended: another takes over");
      setTimeout(restart, RESTART_MS).unref();
    });
    return started;
  };
  const restart = () => {
    if (isClosed) return;
    thread = start();
    thread.unref();
    for (const { request } of unanswered.values()) thread.postMessage(request);
  };
  const hear = (answer: Answer) => {
    if ("level" in answer) log[answer.level](answer.details, answer.message);
    else if ("id" in answer) {
      unanswered.get(answer.id)?.done();
      unanswered.delete(answer.id);
    }
  };
  const ask = (task: Request["task"], lines = "") =>
    new Promise<void>((done) => {
      count += 1;
      const request = { id: count, task, lines };
      unanswered.set(count, { request, done });
      thread.postMessage(request);
    });
  const post = () => {
    clearTimeout(timer);
    timer = undefined;
    if (recorded === "") return;
    postedAt = Date.now();
    void ask("put", recorded);
    recorded = "";
  };
  /** The thread itself does not keep a process from ending, but what waits for it does. */
  const postAndWait = async (task: Request["task"]) => {
    post();
    thread.ref();
    await ask(task);
    thread.unref();
  };
  const saveRest = () => {
    const rest = [...unanswered.values()].map(({ request }) => request.lines).join("") + recorded;
    if (rest === "") return;
    unanswered.clear();
    recorded = "";
    try {
      spoolAtOnce(spoolFolder, rest);
    } catch (error) {
      log.error({ err: error }, "the last invocations are lost: the ledger's spool cannot be written");
    }
  };

  let thread = start();
  try {
    await once(thread, "message");
  } catch (error) {
    isClosed = true;
    throw error;
  }
  thread.unref();
  process.on("exit", saveRest);
  return {
    record(invocation) {
      recorded += toLine({ tenantId: invocation.tenantId, row: toRow(invocation) });
      // A lone call is handed over at once; under load a batch every POST_MS is.
      timer ??= setTimeout(post, Math.max(0, postedAt + POST_MS - Date.now())).unref();
    },
    flush: () => postAndWait("flush"),
    async close() {
      await Promise.race([postAndWait("close"), sleep(CLOSE_MS, undefined, { ref: false })]);
      isClosed = true;
      await thread.terminate();
      saveRest();
    },
  };
}
