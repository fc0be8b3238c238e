import type { NextAuthOptions } from "next-auth";
import { createAuthOptions } from "#lib/auth/options.ts";
import type { Composition } from "#lib/composition/compose.ts";

let options: NextAuthOptions | undefined;

/** next-auth's options, made here and not in the composition: only Next's own bundle can load next-auth. */
export function getAuthOptions({ database, sessionSecret, signInThrottle, log }: Composition): NextAuthOptions {
  options ??= createAuthOptions({ database, secret: sessionSecret, throttle: signInThrottle, log });
  return options;
}
