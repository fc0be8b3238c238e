import pg from "pg";

const GROUP = "switchyard_app";

/**
 * Makes sure the role of `appUrl` can sign in and holds the app's grants and nothing more. An existing role that is
 * not ours to change is only checked: it must be neither superuser nor BYPASSRLS nor the owner of the tables.
 */
export async function prepareAppRole(owner: pg.Client, appUrl: string): Promise<void> {
  const { username, password } = new URL(appUrl);
  const role = decodeURIComponent(username);
  const { rows } = await owner.query<{ rolsuper: boolean; rolbypassrls: boolean; is_owner: boolean }>(
    "SELECT rolsuper, rolbypassrls, rolname = current_user AS is_owner FROM pg_roles WHERE rolname = $1",
    [role],
  );
  const found = rows[0];
  if (found !== undefined && (found.rolsuper || found.rolbypassrls || found.is_owner)) {
    throw new Error(
      `DATABASE_APP_URL names the role ${role}, which could read past row-level security. ` +
        "Name a role that is neither the owner, nor a superuser, nor BYPASSRLS.",
    );
  }
  try {
    const verb = found === undefined ? "CREATE" : "ALTER";
    const secret = pg.escapeLiteral(decodeURIComponent(password));
    await owner.query(`${verb} ROLE ${pg.escapeIdentifier(role)} LOGIN INHERIT PASSWORD ${secret}`);
    await owner.query(`GRANT ${GROUP} TO ${pg.escapeIdentifier(role)}`);
  } catch (cause) {
    if (found !== undefined && (await isMember(owner, role))) return;
    throw new Error(
      `DATABASE_URL's role may not prepare the app's role. As a superuser run: ` +
        `CREATE ROLE ${role} LOGIN PASSWORD '…'; GRANT ${GROUP} TO ${role}; and set DATABASE_APP_URL.`,
      { cause },
    );
  }
}

async function isMember(owner: pg.Client, role: string): Promise<boolean> {
  const { rows } = await owner.query<{ is_member: boolean }>("SELECT pg_has_role($1, $2, 'member') AS is_member", [
    role,
    GROUP,
  ]);
  return rows[0]?.is_member === true;
}
