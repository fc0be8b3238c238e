import type { HealthAnswer } from "#lib/providers/probe/contract.ts";
import type { ServiceContext } from "../../context.ts";
import { ServiceError } from "../../errors.ts";
import { type AccountContext, findSaved, openSaved, type Saved } from "../open-saved.ts";
import { type Finding, recordHealth } from "./record.ts";

type CheckContext = AccountContext & { connections: Pick<ServiceContext["connections"], "probe"> };

interface Check {
  signal: AbortSignal;
  now(): number;
}

/** The check that a server's turn has come for: what is switched off or gone since is passed over. */
export async function checkInTurn(context: CheckContext, id: string, check: Check): Promise<void> {
  const saved = await findSaved(context, id).catch(passOver);
  if (saved?.row.isEnabled === true) await checkSaved(context, saved, check);
}

/** Asks the server and keeps what it found, unless it was called off or the connection has changed meanwhile. */
export async function checkSaved(context: CheckContext, saved: Saved, { signal, now }: Check): Promise<void> {
  const finding = await find(context, saved, signal);
  if (finding !== null) await recordHealth(context, saved.row, finding, new Date(now()));
}

async function find(context: CheckContext, saved: Saved, signal: AbortSignal): Promise<Finding | null> {
  try {
    const target = await openSaved(context, saved);
    return toFinding(await context.connections.probe.checkHealth(target, signal));
  } catch (error) {
    // Its key cannot be opened, or its address is one that the operator does not allow any more.
    if (!(error instanceof ServiceError) || error.code === "rate_limit_exceeded") throw error;
    return { isUp: false, latencyMs: null, kind: "account", problem: error.userMessage };
  }
}

function toFinding(answer: HealthAnswer | null): Finding | null {
  if (answer === null || !answer.isUp) return answer;
  return { ...answer, models: answer.models?.map(({ id }) => id) ?? null };
}

function passOver(error: unknown): null {
  if (error instanceof ServiceError && error.code === "not_found") return null;
  throw error;
}
