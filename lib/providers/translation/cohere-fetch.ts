/**
 * Cohere's library refuses every answer that cites a tool's result, as answers after tool calls do. No caller's wire has
 * a place for citations of what has no address: they are taken out before it looks.
 */
export function withoutCitations(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    if (!response.headers.get("content-type")?.includes("json")) return response;
    const text = await response.text();
    return new Response(tidy(text), { status: response.status, headers: response.headers });
  };
}

/** What cannot be read is the library's to refuse. */
function tidy(text: string): string {
  try {
    const answer = JSON.parse(text) as { message?: { citations?: unknown } };
    if (answer.message?.citations === undefined) return text;
    delete answer.message.citations;
    return JSON.stringify(answer);
  } catch {
    return text;
  }
}
