/** Where the wires put what a model has made: its words, its thoughts, its calls. */
const PRODUCED: ReadonlySet<string> = new Set([
  "content",
  "text",
  "refusal",
  "reasoning",
  "reasoning_content",
  "thinking",
  "arguments",
  "input",
  "partial_json",
  "delta",
]);

/** What a model has made, by the JSON of an answer or of a stream's event: for an estimate of its tokens. */
export function producedText(json: string): string {
  const texts: string[] = [];
  const visit = (value: unknown, isProduced: boolean) => {
    if (typeof value === "string") {
      if (isProduced) texts.push(value);
    } else if (Array.isArray(value)) {
      for (const one of value) visit(one, isProduced);
    } else if (typeof value === "object" && value !== null) {
      for (const [name, inner] of Object.entries(value)) visit(inner, PRODUCED.has(name));
    }
  };
  try {
    visit(JSON.parse(json), false);
  } catch {
    return "";
  }
  return texts.join("");
}
