import { z } from "zod";
import { listOf } from "../list-of.ts";

const text = z.string("must be a string");
const number = z.number("must be a number").nullish();
const flag = z.boolean("must be true or false").nullish();
const name = text.min(1, "must not be empty");
const typed = z.looseObject({ type: text }, "must be an object");
const object = z.looseObject({}, "must be an object");
const parts = listOf(typed, "must be a string or a list of parts");

/** The schema depends on the value: what is wrong is said of the one that was meant, not of all that might have been. */
function chosenBy(choose: (value: unknown) => z.ZodType): z.ZodType {
  return z.unknown().superRefine((value, context) => {
    const issue = choose(value).safeParse(value).error?.issues[0];
    if (issue !== undefined) context.addIssue({ code: "custom", path: issue.path, message: issue.message });
  });
}

const textOrParts = chosenBy((value) => (typeof value === "string" ? text : parts));

/** What we read of each kind of item; the others are their provider's business. */
const ITEMS: Readonly<Record<string, z.ZodType>> = {
  message: z.looseObject({ role: text, content: textOrParts }),
  function_call: z.looseObject({ call_id: name, name, arguments: text }),
  function_call_output: z.looseObject({ output: textOrParts }),
  reasoning: z.looseObject({ summary: listOf(typed).nullish() }),
};
const noItem = z.never("must be a message with `role` and `content`, or an item with a `type`");

const item = chosenBy((value) => {
  const kind = kindOfItem(value);
  if (kind === null) return noItem;
  return Object.hasOwn(ITEMS, kind) ? (ITEMS[kind] as z.ZodType) : object;
});

/** An item's type; messages may leave theirs out, and so may references to items that the provider keeps. */
export function kindOfItem(value: unknown): string | null {
  const { type, role, id } = (value ?? {}) as Record<string, unknown>;
  if (typeof type === "string") return type;
  if (type !== undefined && type !== null) return null;
  if (role !== undefined) return "message";
  return typeof id === "string" ? "item_reference" : null;
}

const items = listOf(item, "must be a string or a list of items");
const input = chosenBy((value) => (typeof value === "string" ? text : items));

const tool = chosenBy((value) => ((value as { type?: unknown } | null)?.type === "function" ? functionTool : typed));
const functionTool = z.looseObject({ name, parameters: object.nullish() });

const format = chosenBy((value) => ((value as { type?: unknown } | null)?.type === "json_schema" ? jsonSchema : typed));
const jsonSchema = z.looseObject({ schema: object });

const toolChoice = chosenBy((value) =>
  typeof value === "string" ? text : z.looseObject({ type: text }, "must be a string or an object with a `type`"),
);

/** What we read of a Responses request. Every other field passes through to the provider as it came. */
export const responsesBodySchema = z.looseObject(
  {
    model: name.max(300, "must not be longer than 300 characters").nullish(),
    input: input.nullish(),
    instructions: text.nullish(),
    tools: listOf(tool).nullish(),
    tool_choice: toolChoice.nullish(),
    parallel_tool_calls: flag,
    text: z.looseObject({ format: format.nullish() }, "must be an object").nullish(),
    reasoning: z.looseObject({ effort: text.nullish(), summary: text.nullish() }, "must be an object").nullish(),
    max_output_tokens: number,
    temperature: number,
    top_p: number,
    top_logprobs: number,
    include: listOf<string>(text).nullish(),
    stream: flag,
    stream_options: object.nullish(),
    store: flag,
    background: flag,
    metadata: object.nullish(),
  },
  "must be a JSON object",
);

export type ResponsesBody = z.infer<typeof responsesBodySchema>;
