import { redirect } from "next/navigation";
import { requireUser } from "#lib/http/console.ts";
import { NoTenant } from "./no-tenant.tsx";

export default async function HomePage() {
  const { user, tenants } = await requireUser();
  const first = tenants[0];
  if (first) redirect(`/${first.slug}`);
  return <NoTenant email={user.email} />;
}
