import type { AccountProbe, ProbeTarget } from "#lib/providers/probe/contract.ts";
import { ServiceError } from "../errors.ts";

interface Limits {
  perTenant: number;
  inAll: number;
}

/** Enough for the people of a tenant, and little enough that nobody scans ports or keeps an instance busy with it. */
const USUAL: Limits = { perTenant: 3, inAll: 20 };
const RETRY_AFTER_SECONDS = 5;

/** The same probe with so many questions under way at most; a further one throws `rate_limit_exceeded` at once. */
export function limitProbe(probe: AccountProbe, { perTenant, inAll }: Limits = USUAL): AccountProbe {
  const underWay = new Map<string, number>();
  let all = 0;
  const limited = async <Answer>({ tenantId }: ProbeTarget, ask: () => Promise<Answer>): Promise<Answer> => {
    const ofTenant = underWay.get(tenantId) ?? 0;
    if (ofTenant >= perTenant) throw tooMany(`${perTenant} tests of this tenant's connections are`);
    if (all >= inAll) throw tooMany("Many tests of connections are");
    underWay.set(tenantId, ofTenant + 1);
    all += 1;
    try {
      return await ask();
    } finally {
      all -= 1;
      const left = (underWay.get(tenantId) ?? 1) - 1;
      if (left === 0) underWay.delete(tenantId);
      else underWay.set(tenantId, left);
    }
  };
  return {
    test: (target, wanted) => limited(target, () => probe.test(target, wanted)),
    listModels: (target) => limited(target, () => probe.listModels(target)),
    checkHealth: (target, signal) => limited(target, () => probe.checkHealth(target, signal)),
  };
}

function tooMany(what: string): ServiceError {
  const message = `${what} under way already: try again in ${RETRY_AFTER_SECONDS} seconds.`;
  return new ServiceError("rate_limit_exceeded", message, { retryAfterSeconds: RETRY_AFTER_SECONDS });
}
