import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { z } from "zod";
import { type Database, withEmail } from "#lib/db/client.ts";
import { callerAddress } from "./caller-address.ts";
import { verifyPassword } from "./password.ts";
import type { SignInThrottle } from "./sign-in-throttle.ts";

const credentialsSchema = z.object({
  // PostgreSQL takes neither NUL nor lone surrogates, and its refusal must not reach the sign-in page.
  email: z
    .string()
    .trim()
    .toLowerCase()
    .max(254)
    .regex(/^[^\p{Cc}\p{Cs}]+$/u),
  password: z.string().min(1).max(1024),
});

const SESSION_SECONDS = 12 * 3600;

interface AuthDependencies {
  database: Database;
  secret: string;
  throttle: SignInThrottle;
  log: { error(details: object, message: string): void };
}

/** Sign-in with e-mail and password. The session says who somebody is; what they may do is read at every request. */
export function createAuthOptions({ database, secret, throttle, log }: AuthDependencies): NextAuthOptions {
  return {
    secret,
    session: { strategy: "jwt", maxAge: SESSION_SECONDS },
    pages: { signIn: "/sign-in" },
    providers: [
      CredentialsProvider({
        id: "password",
        name: "Password",
        credentials: { email: { type: "email" }, password: { type: "password" } },
        async authorize(credentials, request) {
          const parsed = credentialsSchema.safeParse(credentials);
          if (!parsed.success) return null;
          const { email, password } = parsed.data;
          const attempt = { email, address: callerAddress(request.headers?.["x-forwarded-for"]) };
          // Counted before anything is waited for: guesses sent all at once are counted too.
          if (!throttle.begin(attempt)) throw new Error("TooManyAttempts");
          const user = await withEmail(database, email, (tx) => tx.user.findUnique({ where: { email } })).catch(
            (error: unknown) => {
              throttle.takeBack(attempt);
              log.error({ err: error }, "a sign-in could not be checked");
              // next-auth puts an error's words into an address: none of the cause may be among them.
              throw new Error("Unavailable");
            },
          );
          if (!(await verifyPassword(user?.passwordHash ?? null, password)) || user === null) return null;
          throttle.recordSuccess(attempt);
          return { id: user.id, email: user.email, name: user.name };
        },
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => (user === undefined ? token : { ...token, sub: user.id }),
      session: ({ session, token }) => ({ ...session, user: { ...session.user, id: token.sub } }),
    },
  };
}
