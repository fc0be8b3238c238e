import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { openDatabase } from "#lib/db/client.ts";
import { insertRows } from "./insert-rows.ts";
import { openSpool } from "./spool.ts";
import { createLedgerWriter } from "./writer.ts";

/** The ledger's thread: it spools what the gateway's thread hands over, and writes it to PostgreSQL. */
export interface ThreadData {
  appUrl: string;
  spoolFolder: string;
}

/** Each is answered by its number: `put` once the lines are safe, the others once they are done. */
export interface Request {
  id: number;
  task: "put" | "flush" | "close";
  lines: string;
}

export type Answer = { isReady: true } | { id: number } | { level: "warn" | "error"; details: object; message: string };

const port = parentPort as MessagePort;
const { appUrl, spoolFolder } = workerData as ThreadData;
const answer = (said: Answer) => port.postMessage(said);
/** Of an error only its message and stack come across: its code goes beside it. */
const sayAs = (level: "warn" | "error") => (details: { err: unknown }, message: string) =>
  answer({ level, details: { ...details, code: (details.err as { code?: unknown }).code }, message });

const database = openDatabase(appUrl, 1);
const writer = createLedgerWriter({
  spool: await openSpool(spoolFolder),
  insert: (tenantId, rows) => insertRows(database, tenantId, rows),
  log: { warn: sayAs("warn"), error: sayAs("error") },
});
const tasks: Record<Request["task"], (lines: string) => Promise<void>> = {
  put: (lines) => writer.put(lines),
  flush: () => writer.flush(),
  close: async () => {
    await writer.close();
    await database.$disconnect();
  },
};

port.on("message", async ({ id, task, lines }: Request) => {
  await tasks[task](lines);
  answer({ id });
});
answer({ isReady: true });
