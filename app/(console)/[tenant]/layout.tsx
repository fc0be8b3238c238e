import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { SIDEBAR_COOKIE } from "#components/shell/cookies.ts";
import { Shell } from "#components/shell/shell.tsx";
import { requireConsole } from "#lib/http/console.ts";

interface TenantLayoutProps {
  params: Promise<{ tenant: string }>;
  children: ReactNode;
}

export default async function TenantLayout({ params, children }: TenantLayoutProps) {
  const { tenant } = await params;
  const { user, tenants, role } = await requireConsole(tenant);
  const isFolded = (await cookies()).get(SIDEBAR_COOKIE)?.value === "folded";
  const facts = { tenant, tenants, role, user: { name: user.name, email: user.email } };
  return (
    <Shell facts={facts} isInitiallyFolded={isFolded}>
      {children}
    </Shell>
  );
}
