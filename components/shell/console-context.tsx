"use client";

import { createContext, type ReactNode, useContext } from "react";
import { type Permission, type Role, roleMay } from "#lib/services/permissions.ts";
import type { MyTenantDto } from "#lib/services/tenants/schemas.ts";

export interface ConsoleFacts {
  /** The slug of the tenant that the page is about. */
  tenant: string;
  tenants: readonly MyTenantDto[];
  role: Role;
  user: { name: string; email: string };
}

const ConsoleContext = createContext<ConsoleFacts | null>(null);

export function ConsoleProvider({ facts, children }: { facts: ConsoleFacts; children: ReactNode }) {
  return <ConsoleContext value={facts}>{children}</ConsoleContext>;
}

/** Who looks at which tenant. */
export function useConsole(): ConsoleFacts {
  const facts = useContext(ConsoleContext);
  if (!facts) throw new Error("useConsole needs a ConsoleProvider above it.");
  return facts;
}

/** Whether to offer something. The services decide for themselves whether to do it. */
export function useMay(permission: Permission): boolean {
  return roleMay(useConsole().role, permission);
}
