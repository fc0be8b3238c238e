/** A `fetch` for one client, and the headers of the last answer that it brought. */
export function listen(): { fetch: typeof globalThis.fetch; header(name: string): string | null } {
  let last: Headers | null = null;
  return {
    async fetch(input, init) {
      const response = await globalThis.fetch(input, init);
      last = response.headers;
      return response;
    },
    header: (name) => last?.get(name) ?? null,
  };
}
