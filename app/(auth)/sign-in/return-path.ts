const HERE = "http://here.invalid";

/** Where to go after signing in: only a path of this site, whatever the address says. Anything else means the start. */
export function safeReturnPath(callbackUrl: unknown): string {
  if (typeof callbackUrl !== "string" || !callbackUrl.startsWith("/")) return "/";
  if (!URL.canParse(callbackUrl, HERE)) return "/";
  // Parsed as a browser would: `//evil`, `/\evil` and `/<tab>/evil` leave the site and are seen here.
  const url = new URL(callbackUrl, HERE);
  if (url.origin !== HERE || url.pathname === "/sign-in" || url.pathname.startsWith("//")) return "/";
  return `${url.pathname}${url.search}${url.hash}`;
}
