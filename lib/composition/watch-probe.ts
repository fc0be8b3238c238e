import type { AccountProbe, ProbeTarget } from "#lib/providers/probe/contract.ts";
import type { DestinationLog } from "#lib/residency/destination-log.ts";

/** The same probe; what is reached by it is on record for the connection that is asked, as what calls reach is. */
export function watchProbe(probe: AccountProbe, destinations: DestinationLog): AccountProbe {
  const watched = <Answer>(target: ProbeTarget, ask: () => Promise<Answer>): Promise<Answer> => {
    const { tenantId, account, connectionId, regions } = target;
    const called = { tenantId, connection: connectionId ?? "", provider: account.entry.id, regions };
    return destinations.during(called, ask);
  };
  return {
    test: (target, wanted) => watched(target, () => probe.test(target, wanted)),
    listModels: (target) => watched(target, () => probe.listModels(target)),
    checkHealth: (target, signal) => watched(target, () => probe.checkHealth(target, signal)),
  };
}
