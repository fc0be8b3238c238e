import type { AccountProbe, ProbeTarget } from "#lib/providers/probe/contract.ts";
import type { ConnectionPorts } from "../context.ts";
import { ServiceError } from "../errors.ts";

const RETRY_AFTER_SECONDS = 5;

/** The probe as people use it: each question takes a place, and where none is free throws `rate_limit_exceeded` at once. */
export function limitProbe({ probe, slots }: Pick<ConnectionPorts, "probe" | "slots">): AccountProbe {
  const limited = async <Answer>({ tenantId }: ProbeTarget, ask: () => Promise<Answer>): Promise<Answer> => {
    const giveBack = slots.take(tenantId);
    if (giveBack === null) throw tooMany();
    try {
      return await ask();
    } finally {
      giveBack();
    }
  };
  return {
    test: (target, wanted) => limited(target, () => probe.test(target, wanted)),
    listModels: (target) => limited(target, () => probe.listModels(target)),
    checkHealth: (target, signal) => limited(target, () => probe.checkHealth(target, signal)),
  };
}

function tooMany(): ServiceError {
  const message = `Several connections are being tested already: try again in ${RETRY_AFTER_SECONDS} seconds.`;
  return new ServiceError("rate_limit_exceeded", message, { retryAfterSeconds: RETRY_AFTER_SECONDS });
}
