/** The data of every event in a whole event stream; a data line that is not followed by a blank one counts too. */
export function readEventData(text: string): string[] {
  return text
    .split(/\r?\n\r?\n/)
    .map((event) =>
      event
        .split(/\r?\n/)
        .filter((line) => line.startsWith("data:"))
        .map((line) => line.slice(5).replace(/^ /, ""))
        .join("\n"),
    )
    .filter((data) => data !== "");
}

/** The data of a stream's events as they come. */
export async function* eventData({ body }: { body: AsyncIterable<Uint8Array> | null }): AsyncGenerator<string> {
  let rest = "";
  const decoder = new TextDecoder();
  for await (const piece of body ?? []) {
    rest += decoder.decode(piece, { stream: true });
    const end = rest.lastIndexOf("\n\n");
    if (end < 0) continue;
    yield* readEventData(rest.slice(0, end));
    rest = rest.slice(end + 2);
  }
  yield* readEventData(rest);
}

export async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}
