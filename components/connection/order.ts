import type { ConnectionDto, ReorderConnectionsInput } from "#lib/services/connections/schemas.ts";

/** Those at the same provider, in the order in which calls try them. */
export function siblingsOf(connection: ConnectionDto, all: readonly ConnectionDto[]): ConnectionDto[] {
  return all.filter(({ provider, own }) => own !== null && provider === connection.provider);
}

/** The order in which a connection is tried earlier by one, or later. */
export function movedBy(connection: ConnectionDto, by: -1 | 1, all: readonly ConnectionDto[]): ReorderConnectionsInput {
  const ids = siblingsOf(connection, all).map(({ id }) => id);
  const from = ids.indexOf(connection.id);
  ids.splice(from, 1);
  ids.splice(from + by, 0, connection.id);
  return { provider: connection.provider, ids };
}

/** The connections as they are once a provider's are in this order; those it does not name come after them. */
export function inOrder(
  all: readonly ConnectionDto[],
  { provider, ids }: ReorderConnectionsInput,
): readonly ConnectionDto[] {
  const placeOf = new Map(ids.map((id, place) => [id, place]));
  const place = ({ id }: ConnectionDto) => placeOf.get(id) ?? ids.length;
  const ordered = all
    .filter((connection) => connection.own !== null && connection.provider === provider)
    .sort((one, other) => place(one) - place(other))
    .values();
  // Each stands where one of them stood, so that the others stay where they are.
  return all.map((connection) =>
    connection.own !== null && connection.provider === provider ? (ordered.next().value ?? connection) : connection,
  );
}
