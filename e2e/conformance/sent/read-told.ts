import type { SentRequest } from "../stand-in/sent-request.ts";
import { readMessages } from "./anthropic-messages.ts";
import { readCohere } from "./cohere.ts";
import { readConverse } from "./converse.ts";
import { readGemini } from "./gemini.ts";
import { readChat } from "./openai-chat.ts";
import { readResponses } from "./openai-responses.ts";
import type { Body, Told } from "./told.ts";

/** Each wire's requests end in a path of their own. */
const DIALECTS: readonly [path: RegExp, read: (body: Body, path: string) => Told][] = [
  [/\/chat\/completions/, readChat],
  [/\/responses/, readResponses],
  [/\/messages/, readMessages],
  [/:(streamG|g)enerateContent/, readGemini],
  [/\/converse(-stream)?$/, readConverse],
  [/\/chat$/, readCohere],
];

export function readTold({ path, body }: SentRequest): Told {
  const read = DIALECTS.find(([pattern]) => pattern.test(path))?.[1];
  if (read === undefined) throw new Error(`Nobody can read what is sent to ${path}.`);
  return readJsonTool(read(body, path));
}

/** By a tool of this name, which has to be called, a library asks for JSON where it has no other way. */
function readJsonTool(told: Told): Told {
  const json = told.tools.find(({ name }) => name === "json");
  if (json === undefined) return told;
  const tools = told.tools.filter((tool) => tool !== json);
  return { ...told, tools, schema: json.properties, toolChoice: null, isOneToolAtATime: false };
}
