/** What a provider was told by a request, in no dialect's words. */
export interface Told {
  model: string;
  system: string;
  /** What was said in the conversation, in order, tools left out. */
  turns: readonly string[];
  temperature: number | undefined;
  maxTokens: number | undefined;
  stop: readonly string[];
  seed: number | undefined;
  tools: readonly { name: string; description: string; properties: readonly string[] }[];
  /** The tool that has to be called. */
  toolChoice: string | null;
  isOneToolAtATime: boolean;
  /** Names of the schema's properties; null: the answer need not be JSON. */
  schema: readonly string[] | null;
  /** Images and files as they were attached, in base64. */
  attachments: readonly string[];
  isReasoning: boolean;
  user: string | undefined;
  /** What only this wire has a field for. */
  hasOwnField: boolean;
  /** What each tool gave, in order, with the name or the id of the call that it answers. */
  toolResults: readonly { answers: string; text: string }[];
  /** The calls that the conversation holds. */
  toolCalls: readonly { id: string; name: string; input: unknown }[];
}

// biome-ignore lint/suspicious/noExplicitAny: a request body in a dialect of a provider's.
export type Body = any;

export function propertiesOf(schema: Body): readonly string[] {
  return Object.keys(schema?.properties ?? {});
}

/** The text of a content that is a text or a list of parts. */
export function textOf(content: Body): string {
  if (typeof content === "string") return content;
  return (content ?? []).flatMap((part: Body) => (typeof part.text === "string" ? [part.text] : [])).join("");
}

/** Without what is in front of it in a `data:` address. */
export function base64Of(url: string): string {
  return url.replace(/^data:[^,]*,/, "");
}

/** A budget of tokens has to become one of these. */
export const EFFORTS: readonly unknown[] = ["low", "medium", "high"];
