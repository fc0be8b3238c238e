import { z } from "zod";
import { listOf } from "../list-of.ts";

const text = z.string();
const optional = <Type extends z.ZodType>(type: Type) => type.nullish().transform((value) => value ?? undefined);
const number = optional(z.number());

const effort = optional(z.enum(["none", "minimal", "low", "medium", "high", "xhigh", "max"]));

const cacheControl = optional(z.looseObject({ type: text, ttl: optional(z.enum(["5m", "1h"])) }));

/** Which kinds there are is decided where they are read: an unknown one is not malformed, only unknown here. */
const part = z.looseObject({
  type: text,
  text: optional(text),
  refusal: optional(text),
  image_url: optional(z.union([text, z.looseObject({ url: text, detail: optional(text) })])),
  input_audio: optional(z.looseObject({ data: text, format: text })),
  file: optional(z.looseObject({ filename: optional(text), file_data: optional(text), file_id: optional(text) })),
  cache_control: cacheControl,
});
export type ContentPart = z.infer<typeof part>;

const content = z.union([text, listOf(part)]);

const toolCall = z.looseObject({
  id: text,
  type: text.default("function"),
  function: optional(z.looseObject({ name: text, arguments: text })),
  /** Google's place for the seal on a call. */
  extra_content: optional(z.looseObject({ google: optional(z.looseObject({ thought_signature: optional(text) })) })),
});
export type ToolCall = z.infer<typeof toolCall>;

/** OpenRouter's shape for what a model thought, with the provider's seal on it. */
const reasoningDetail = z.looseObject({
  type: text,
  text: optional(text),
  summary: optional(text),
  data: optional(text),
  signature: optional(text),
  id: optional(text),
  format: optional(text),
});
export type ReasoningDetail = z.infer<typeof reasoningDetail>;

const message = z.discriminatedUnion("role", [
  z.looseObject({ role: z.enum(["system", "developer"]), content, name: optional(text) }),
  z.looseObject({ role: z.literal("user"), content, name: optional(text) }),
  z.looseObject({
    role: z.literal("assistant"),
    content: optional(content),
    refusal: optional(text),
    tool_calls: optional(listOf(toolCall)),
    function_call: optional(z.unknown()),
    audio: optional(z.unknown()),
    reasoning_content: optional(text),
    reasoning: optional(text),
    reasoning_details: optional(listOf(reasoningDetail)),
    name: optional(text),
  }),
  z.looseObject({ role: z.literal("tool"), content, tool_call_id: text, name: optional(text) }),
  z.looseObject({ role: z.literal("function"), content: optional(text), name: text }),
]);
export type Message = z.infer<typeof message>;

const tool = z.looseObject({
  type: text,
  function: optional(
    z.looseObject({
      name: text,
      description: optional(text),
      parameters: optional(z.record(text, z.unknown())),
      strict: optional(z.boolean()),
    }),
  ),
  cache_control: cacheControl,
});
export type Tool = z.infer<typeof tool>;

/** What a translation reads of a chat request. The wire itself has looked at it before: this finds the field at fault. */
export const requestSchema = z.looseObject({
  messages: listOf(message),
  tools: optional(listOf(tool)),
  tool_choice: optional(
    z.union([text, z.looseObject({ type: text, function: optional(z.looseObject({ name: text })) })]),
  ),
  parallel_tool_calls: optional(z.boolean()),
  response_format: optional(
    z.looseObject({
      type: text,
      json_schema: optional(
        z.looseObject({
          name: optional(text),
          description: optional(text),
          schema: optional(z.record(text, z.unknown())),
          strict: optional(z.boolean()),
        }),
      ),
    }),
  ),
  reasoning_effort: effort,
  /** OpenRouter's shape for the same. */
  reasoning: optional(z.looseObject({ effort, max_tokens: number, enabled: optional(z.boolean()) })),
  stop: optional(z.union([text, listOf(text)])),
  seed: number,
  temperature: number,
  top_p: number,
  top_k: number,
  presence_penalty: number,
  frequency_penalty: number,
  max_tokens: number,
  max_completion_tokens: number,
  n: number,
  logprobs: optional(z.boolean()),
  user: optional(text),
  safety_identifier: optional(text),
  metadata: optional(z.record(text, text)),
  service_tier: optional(text),
  store: optional(z.boolean()),
});
export type ChatRequest = z.infer<typeof requestSchema>;
