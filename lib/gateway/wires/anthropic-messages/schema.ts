import { z } from "zod";
import { listOf } from "../list-of.ts";

const OBJECT = "must be an object";
const TEXT = "must be a string";

/** A part of a request whose fields its `type` decides. */
export type Block = Readonly<Record<string, unknown>> & { readonly type: string };

const text = z.string(TEXT);
const name = text.min(1, "must not be empty");
const number = z.number("must be a number").nullish();
const object = z.looseObject({}, OBJECT);
const url = z.url("must be a full address, such as https://example.com/image.png");

const anyBlock = z.looseObject({ type: text }, "must be an object with a `type`");

/** Types that are not listed are their provider's business. */
function typed(kinds: Readonly<Record<string, z.ZodType>>) {
  return z.custom<Block>().superRefine((value: unknown, context) => {
    const known = anyBlock.safeParse(value);
    const kind = known.success && Object.hasOwn(kinds, known.data.type) ? kinds[known.data.type] : undefined;
    const issue = known.error?.issues[0] ?? kind?.safeParse(value).error?.issues[0];
    if (issue !== undefined) context.addIssue({ code: "custom", path: issue.path, message: issue.message });
  });
}

function contentOf(block: z.ZodType<Block>) {
  const blocks = listOf<Block>(block, "must be a string or a list of content blocks");
  return z.custom<string | readonly Block[]>().superRefine((value: unknown, context) => {
    const issue = typeof value === "string" ? undefined : blocks.safeParse(value).error?.issues[0];
    if (issue !== undefined) context.addIssue({ code: "custom", path: issue.path, message: issue.message });
  });
}

const plain = z.looseObject({ text });
const base64 = z.looseObject({ media_type: name, data: text });
const fromUrl = z.looseObject({ url });
const fromFile = z.looseObject({ file_id: name });
const image = z.looseObject({ source: typed({ base64, url: fromUrl, file: fromFile }) });

const document = z.looseObject({
  source: typed({
    base64,
    url: fromUrl,
    file: fromFile,
    text: z.looseObject({ data: text }),
    content: z.looseObject({ content: contentOf(typed({ text: plain, image })) }),
  }),
  title: text.nullish(),
  context: text.nullish(),
});

const block = typed({
  text: plain,
  image,
  document,
  thinking: z.looseObject({ thinking: text, signature: text.nullish() }),
  redacted_thinking: z.looseObject({ data: text }),
  tool_use: z.looseObject({ id: name, name, input: object }),
  tool_result: z.looseObject({
    tool_use_id: name,
    content: contentOf(typed({ text: plain, image, document })).nullish(),
    is_error: z.boolean("must be true or false").nullish(),
  }),
});

const message = z.looseObject(
  {
    role: z.enum(["user", "assistant", "system"], "must be `user` or `assistant`"),
    content: contentOf(block),
  },
  OBJECT,
);

/** Tools of the caller's own have a schema; Anthropic's have a `type` that says which they are. */
const tool = z.looseObject({ type: text.nullish(), name: name.nullish() }, OBJECT).superRefine((value, context) => {
  if (!isCustomTool(value)) return;
  const own = z.looseObject({ name, description: text.nullish(), input_schema: object });
  for (const { path, message } of own.safeParse(value).error?.issues ?? []) {
    context.addIssue({ code: "custom", path, message });
  }
});

export function isCustomTool(tool: Readonly<Record<string, unknown>>): boolean {
  return tool.type === undefined || tool.type === null || tool.type === "custom";
}

const format = typed({ json_schema: z.looseObject({ schema: object }) }).nullish();

/** What we read of a request to Messages. Every other field passes through to the provider as it came. */
export const messagesBodySchema = z.looseObject(
  {
    model: name.max(300, "must not be longer than 300 characters").nullish(),
    messages: listOf<z.infer<typeof message>>(message).refine(
      ({ length }) => length > 0,
      "must hold at least one message",
    ),
    max_tokens: z.int("must be a whole number").min(1, "must be at least 1").nullish(),
    system: contentOf(typed({ text: plain })).nullish(),
    stream: z.boolean("must be true or false").nullish(),
    stop_sequences: listOf<string>(text).nullish(),
    temperature: number,
    top_p: number,
    top_k: number,
    tools: listOf<z.infer<typeof tool>>(tool).nullish(),
    tool_choice: typed({ tool: z.looseObject({ name }) }).nullish(),
    thinking: z.looseObject({ type: text, budget_tokens: number }, OBJECT).nullish(),
    output_config: z.looseObject({ format, effort: text.nullish() }, OBJECT).nullish(),
    output_format: format,
    metadata: z.looseObject({ user_id: text.nullish() }, OBJECT).nullish(),
    service_tier: text.nullish(),
    cache_control: object.nullish(),
  },
  "must be a JSON object",
);

export type MessagesBody = z.infer<typeof messagesBodySchema>;
