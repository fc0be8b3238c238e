import { getServerSession } from "next-auth";
import type { Composition } from "#lib/composition/compose.ts";
import { getAuthOptions } from "./auth-options.ts";

export interface SessionUser {
  id: string;
  name: string;
  email: string;
}

/** Who is signed in by the session's cookie; null when nobody is. */
export async function readSessionUser(composition: Composition): Promise<SessionUser | null> {
  const session = await getServerSession(getAuthOptions(composition));
  const user = session?.user as Partial<SessionUser> | undefined;
  if (user?.id === undefined) return null;
  return { id: user.id, name: user.name ?? user.email ?? "", email: user.email ?? "" };
}
