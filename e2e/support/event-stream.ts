/** One server-sent event; its name is null where it has none. */
export interface SentEvent {
  event: string | null;
  data: string;
}

/** Every event that carries data in a whole event stream; a last one that is not followed by a blank line counts too. */
export function readSentEvents(text: string): SentEvent[] {
  return text
    .split(/\r?\n\r?\n/)
    .map((block) => ({ event: readField(block, "event")[0] ?? null, data: readField(block, "data").join("\n") }))
    .filter(({ data }) => data !== "");
}

function readField(block: string, name: string): string[] {
  return block
    .split(/\r?\n/)
    .filter((line) => line.startsWith(`${name}:`))
    .map((line) => line.slice(name.length + 1).replace(/^ /, ""));
}

/** The data of every event in a whole event stream. */
export function readEventData(text: string): string[] {
  return readSentEvents(text).map(({ data }) => data);
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
