import NextAuth from "next-auth";
import { getComposition } from "#lib/composition/get-composition.ts";
import { getAuthOptions } from "#lib/http/auth-options.ts";

type AuthContext = { params: Promise<{ nextauth: string[] }> };

async function handle(request: Request, context: AuthContext): Promise<Response> {
  return NextAuth(getAuthOptions(await getComposition()))(request, context);
}

export { handle as GET, handle as POST };
