import { authorize } from "../../authorize.ts";
import type { ServiceContext } from "../../context.ts";
import { ServiceError } from "../../errors.ts";
import { limitProbe } from "../limit-probe.ts";
import { findSaved } from "../open-saved.ts";
import { readConnection } from "../read.ts";
import type { OwnConnectionDto } from "../schemas.ts";
import { checkSaved } from "./check.ts";
import { isChecked } from "./schedule.ts";

const NEVER = new AbortController().signal;

/** Checks a server out of turn. Throws `not_found`, `conflict` for a cloud's account, `rate_limit_exceeded`. */
export async function checkNow(context: ServiceContext, { id }: { id: string }): Promise<OwnConnectionDto> {
  authorize(context, "connection:test");
  const saved = await findSaved(context, id);
  if (!isChecked(saved.row)) {
    const message = "Only servers of your own are checked: test this connection instead, or look at its calls.";
    throw new ServiceError("conflict", message);
  }
  const connections = { ...context.connections, probe: limitProbe(context.connections) };
  await checkSaved({ ...context, connections }, saved, { signal: NEVER, now: Date.now });
  return readConnection(context, { id: saved.row.id });
}
