/** One cycle for every knot of files that import each other, each as the files along it, its first one repeated. */
export function findCycles(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  return knots(graph).map((knot) => shortestCycle(graph, knot));
}

/** Tarjan's strongly connected components that hold a cycle. */
function knots(graph: ReadonlyMap<string, readonly string[]>): Set<string>[] {
  const found: Set<string>[] = [];
  const order = new Map<string, number>();
  const stack: string[] = [];
  const isOnStack = new Set<string>();

  const visit = (file: string): number => {
    const index = order.size;
    order.set(file, index);
    let low = index;
    stack.push(file);
    isOnStack.add(file);
    for (const next of graph.get(file) ?? []) {
      if (!order.has(next)) low = Math.min(low, visit(next));
      else if (isOnStack.has(next)) low = Math.min(low, order.get(next) as number);
    }
    if (low !== index) return low;
    const knot = new Set(stack.splice(stack.indexOf(file)));
    for (const member of knot) isOnStack.delete(member);
    if (knot.size > 1 || graph.get(file)?.includes(file)) found.push(knot);
    return low;
  };
  for (const file of graph.keys()) if (!order.has(file)) visit(file);
  return found;
}

function shortestCycle(graph: ReadonlyMap<string, readonly string[]>, knot: Set<string>): string[] {
  const start = [...knot].sort()[0] as string;
  const cameFrom = new Map<string, string>();
  for (const queue = [start]; queue.length > 0; ) {
    const file = queue.shift() as string;
    for (const next of graph.get(file) ?? []) {
      if (next === start) return [...pathTo(cameFrom, start, file), start];
      if (!knot.has(next) || cameFrom.has(next)) continue;
      cameFrom.set(next, file);
      queue.push(next);
    }
  }
  return [start, start];
}

function pathTo(cameFrom: Map<string, string>, start: string, end: string): string[] {
  const files = [end];
  while (files[0] !== start) files.unshift(cameFrom.get(files[0] as string) as string);
  return files;
}
