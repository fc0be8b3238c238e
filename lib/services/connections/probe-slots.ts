/**
 * How many questions about accounts are under way: of each tenant, and in all. It exists once a process and throws
 * nothing: a refusal has to be of the very copy of the services that answers with it.
 */
export interface ProbeSlots {
  /** What gives the place back; null: there is none free. */
  take(tenantId: string): (() => void) | null;
}

interface Limits {
  perTenant: number;
  inAll: number;
}

/** Enough for the people of a tenant, and little enough that nobody scans ports or keeps an instance busy with it. */
const USUAL: Limits = { perTenant: 3, inAll: 20 };

export function createProbeSlots({ perTenant, inAll }: Limits = USUAL): ProbeSlots {
  const taken = new Map<string, number>();
  let all = 0;
  const change = (tenantId: string, by: 1 | -1) => {
    all += by;
    const left = (taken.get(tenantId) ?? 0) + by;
    if (left === 0) taken.delete(tenantId);
    else taken.set(tenantId, left);
  };
  return {
    take(tenantId) {
      if (all >= inAll || (taken.get(tenantId) ?? 0) >= perTenant) return null;
      change(tenantId, 1);
      return () => change(tenantId, -1);
    },
  };
}
