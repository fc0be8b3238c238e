import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import { v7 as uuidv7 } from "uuid";
import { callerAddress } from "#lib/auth/caller-address.ts";
import type { Composition } from "#lib/composition/compose.ts";
import { getComposition } from "#lib/composition/get-composition.ts";
import type { ServiceContext } from "#lib/services/context.ts";
import type { Role } from "#lib/services/permissions.ts";
import { listMyTenants } from "#lib/services/tenants/list-mine.ts";
import type { MyTenantDto } from "#lib/services/tenants/schemas.ts";
import { buildContext } from "./authenticate-request.ts";
import { readSessionUser, type SessionUser } from "./session-user.ts";

interface SignedIn {
  user: SessionUser;
  tenants: MyTenantDto[];
}

/** Who looks at a page, and their tenants. Sends them to the sign-in when nobody is signed in. */
export async function requireUser(): Promise<SignedIn> {
  const { user, tenants } = await requireSignedIn(await getComposition());
  return { user, tenants };
}

/**
 * Who looks at a page of a tenant. To somebody who is not its member the page does not exist.
 * Layout and page both ask: the answer is found once a request.
 */
export const requireConsole = cache(
  async (slug: string): Promise<SignedIn & { context: ServiceContext; role: Role }> => {
    const composition = await getComposition();
    const { user, tenants } = await requireSignedIn(composition);
    const tenant = tenants.find((candidate) => candidate.slug === slug);
    if (tenant === undefined) notFound();
    const context = buildContext(composition, {
      tenantId: tenant.id,
      tenantSlug: tenant.slug,
      actor: { kind: "member", id: user.id, name: user.name, role: tenant.role },
      requestId: uuidv7(),
      address: callerAddress((await headers()).get("x-forwarded-for")),
    });
    return { user, tenants, context, role: tenant.role };
  },
);

async function requireSignedIn(composition: Composition): Promise<SignedIn> {
  const user = await readSessionUser(composition);
  if (user === null) redirect(await signInAddress());
  return { user, tenants: await listMyTenants(composition.database, user.id) };
}

/** The sign-in, with the way back to the page that was asked for; proxy.ts says which that is. */
async function signInAddress(): Promise<string> {
  const path = (await headers()).get("x-switchyard-path");
  return path === null || path === "/" ? "/sign-in" : `/sign-in?callbackUrl=${encodeURIComponent(path)}`;
}
