import type { WireId } from "#lib/gateway/contract/wire.ts";

/** Where the clients go: a running gateway and a key of one of its tenants. */
export interface Gateway {
  baseUrl: string;
  apiKey: string;
}

/** What is asked of a model, in no client's words. */
export interface Question {
  /** `provider/model`, or a function's slug. */
  model: string;
  system?: string;
  /** What was said before, in turns of user and assistant. */
  earlier?: readonly (readonly [user: string, assistant: string])[];
  text: string;
  image?: Attachment;
  file?: Attachment & { name: string };
  tools?: readonly Tool[];
  /** The tool that has to be called. */
  toolChoice?: string;
  isOneToolAtATime?: boolean;
  /** The answer is JSON that fits it. */
  schema?: JsonSchema;
  stop?: readonly string[];
  seed?: number;
  maxTokens?: number;
  temperature?: number;
  /** Asks for thinking at medium effort, and to see it. */
  isReasoning?: boolean;
  /** Who asks, for the provider to know: nothing about the answer depends on it. */
  user?: string;
  /** Asks for something that only the client's own wire has a field for. */
  isOwnField?: boolean;
  isStream?: boolean;
  signal?: AbortSignal;
  /** Called with every piece of text of a stream. */
  onText?(piece: string): void;
}

export interface Attachment {
  mediaType: string;
  base64: string;
}

export interface Tool {
  name: string;
  description: string;
  schema: JsonSchema;
}

export interface JsonSchema {
  type: "object";
  properties: Record<string, { type: "string" | "number" }>;
  required: string[];
  additionalProperties: false;
}

/** What a client made of the gateway's answer. */
export interface Answer {
  text: string;
  /** Empty: none was shown. */
  reasoning: string;
  toolCalls: readonly ToolCall[];
  finish: string;
  usage: { inputTokens: number; outputTokens: number };
  /** How many pieces of text a stream came in. */
  pieces: number;
  header(name: string): string | null;
  /** The conversation goes on with the tools' results, in the order of the calls. */
  reply(results: readonly string[]): Promise<Answer>;
}

export interface ToolCall {
  id: string;
  name: string;
  input: unknown;
}

/** Parts of a question that not every wire has words for, nor every model an answer to. */
export type Ability = "vision" | "files" | "stop" | "seed" | "one-tool-at-a-time" | "reasoning" | "own-field";

/** One official client over one wire of the gateway. */
export interface Client {
  name: string;
  wire: WireId;
  /** What the wire or the client has no words for, and why. */
  lacks: Readonly<Partial<Record<Ability, string>>>;
  /** What it asks for besides, by the fixture's name, of models whose names it does not know. */
  alsoNeeds?: Readonly<Record<string, Ability>>;
  /** Reads what a model thought; OpenAI's own chat shows none of it. */
  readsReasoning: boolean;
  /** Sends the thoughts before a tool's call back with its result, seals and all. */
  returnsReasoning: boolean;
  /** The field that a refusal names. */
  fields: Readonly<Record<Ability, RegExp>>;
  ask(gateway: Gateway, question: Question): Promise<Answer>;
  readError(error: unknown): ClientError;
}

/** An error as the client gave it to its caller. */
export interface ClientError {
  /** Of the client's own class of errors. */
  className: string;
  status: number | undefined;
  message: string;
  /** From the body's error, in whichever shape. */
  code: unknown;
  param: unknown;
  header(name: string): string | null;
}
