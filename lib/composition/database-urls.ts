import { createHmac } from "node:crypto";

const APP_ROLE = "switchyard_app_login";

/**
 * The app role's connection beside the owner's: the same database as a role that row-level security binds. Its password
 * is derived from the owner's, so that every instance with the same DATABASE_URL comes to the same one.
 */
export function deriveAppUrl(ownerUrl: string): string {
  const url = new URL(ownerUrl);
  const password = createHmac("sha256", decodeURIComponent(url.password)).update(APP_ROLE).digest("base64url");
  url.username = APP_ROLE;
  url.password = password;
  return url.href;
}
