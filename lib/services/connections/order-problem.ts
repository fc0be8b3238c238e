type One = Readonly<{ id: string; name: string }>;

/** Why these ids are not an order of these connections, as the end of a sentence; null: they are one. */
export function findOrderProblem(connections: readonly One[], ids: readonly string[]): string | null {
  const nameOf = new Map(connections.map(({ id, name }) => [id, name]));
  const unknown = ids.find((id) => !nameOf.has(id));
  if (unknown !== undefined) return "it names one that is not there";
  const twice = ids.find((id, at) => ids.indexOf(id) !== at);
  if (twice !== undefined) return `it names ${nameOf.get(twice)} more than once`;
  const leftOut = connections.filter(({ id }) => !ids.includes(id));
  const [first] = leftOut;
  if (first === undefined) return null;
  return leftOut.length === 1
    ? `it leaves out ${first.name}`
    : `it leaves out ${first.name} and ${leftOut.length - 1} more`;
}
