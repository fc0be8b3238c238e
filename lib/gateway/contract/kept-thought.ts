import { z } from "zod";

/** Who puts a seal on what its models think: it wants it back with the next turn, and nobody else can read it. */
export const SEALERS = ["anthropic", "google", "openai"] as const;
export type Sealer = (typeof SEALERS)[number];

/** What a signature begins with, in Anthropic's wire, that a translation wrote: no provider of that wire knows it. */
export const MESSAGES_MARK = "sy1.";
/** The same for `encrypted_content` in OpenAI Responses. */
export const RESPONSES_MARK = "switchyard1.";

/** OpenRouter's names, in OpenAI's chat wire, for whose seal is on a thought. */
export const DETAIL_FORMATS = {
  anthropic: "anthropic-claude-v1",
  google: "google-gemini-v1",
  openai: "openai-responses-v1",
} as const satisfies Record<Sealer, string>;

const sealSchema = z.object({
  by: z.enum(SEALERS),
  value: z.string(),
  isRedacted: z.boolean(),
  /** The provider's name for what is sealed, where it has one. */
  id: z.string().nullable(),
});

/** Its provider's seal, or else whose thought it is. */
const signatureSchema = z.union([sealSchema, z.object({ model: z.string() })]);

const encryptedSchema = z.object({
  /** Whose thought it is. */
  model: z.string(),
  seal: sealSchema.nullable(),
  /** The call that the seal is on; null: it is on the thought itself. */
  callId: z.string().nullable(),
});
export type KeptThought = z.infer<typeof encryptedSchema>;

/** A translation's signature on a thought in Anthropic's wire. Null: it is another's, or was tampered with. */
export function readKeptSignature(signature: unknown): z.infer<typeof signatureSchema> | null {
  return read(signature, MESSAGES_MARK, signatureSchema);
}

/** A translation's `encrypted_content` in OpenAI Responses. Null: it is another's, or was tampered with. */
export function readKeptContent(content: unknown): KeptThought | null {
  return read(content, RESPONSES_MARK, encryptedSchema);
}

function read<Schema extends z.ZodType>(text: unknown, mark: string, schema: Schema): z.infer<Schema> | null {
  if (typeof text !== "string" || !text.startsWith(mark)) return null;
  try {
    const base64 = text.slice(mark.length).replaceAll("-", "+").replaceAll("_", "/");
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    return schema.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    return null;
  }
}
