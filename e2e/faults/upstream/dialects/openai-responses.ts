import { type Answer, CREATED_S, type Dialect, INPUT_TOKENS, type StreamPart } from "./dialect.ts";
import { OPENAI_WORDS } from "./error-words.ts";

type Numberless = { part: StreamPart["part"]; type: string; fields: object };

export const OPENAI_RESPONSES: Dialect = {
  path: /\/responses$/,
  read: (body) => ({ isStream: body.stream === true, model: String(body.model), wantsUsage: true, begun: "" }),
  whole: (answer) => response(answer, ended(answer), [message(answer, "completed")]),
  stream(answer) {
    const place = { item_id: `msg_${answer.id}`, output_index: 0 };
    const content = { ...place, content_index: 0 };
    const text = answer.tokens.join("");
    const item = { output_index: 0, item: message(answer, "completed") };
    const open = { response: response(answer, "in_progress", []) };
    const events: Numberless[] = [
      { part: "opening", type: "response.created", fields: open },
      { part: "opening", type: "response.in_progress", fields: open },
      {
        part: "opening",
        type: "response.output_item.added",
        fields: { ...item, item: message(answer, "in_progress") },
      },
      { part: "opening", type: "response.content_part.added", fields: { ...content, part: outputText("") } },
      ...answer.tokens.map(
        (delta): Numberless => ({ part: "token", type: "response.output_text.delta", fields: { ...content, delta } }),
      ),
      { part: "finish", type: "response.output_text.done", fields: { ...content, text } },
      { part: "finish", type: "response.content_part.done", fields: { ...content, part: outputText(text) } },
      { part: "finish", type: "response.output_item.done", fields: item },
      { part: "end", type: `response.${ended(answer)}`, fields: { response: OPENAI_RESPONSES.whole(answer) } },
    ];
    return events.map((event, at) => part(event, at));
  },
  errorBody: (topic) => ({ error: OPENAI_WORDS[topic] }),
  errorPart: (topic) => part({ part: "end", type: "error", fields: { ...OPENAI_WORDS[topic], type: "error" } }, 99),
  hollow: (answer) => response(answer, "completed", []),
};

function part({ part: place, type, fields }: Numberless, sequence: number): StreamPart {
  return { part: place, event: type, data: JSON.stringify({ type, sequence_number: sequence, ...fields }) };
}

function response(answer: Answer, status: string, output: object[]) {
  const output_tokens = answer.tokens.length;
  const usage = {
    input_tokens: INPUT_TOKENS,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: INPUT_TOKENS + output_tokens,
  };
  return {
    id: `resp_${answer.id}`,
    object: "response",
    created_at: CREATED_S,
    status,
    error: null,
    incomplete_details: status === "incomplete" ? { reason: "content_filter" } : null,
    model: answer.model,
    output,
    parallel_tool_calls: true,
    tool_choice: "auto",
    tools: [],
    usage: status === "in_progress" ? null : usage,
  };
}

function message({ id, tokens }: Answer, status: "in_progress" | "completed") {
  const content = status === "in_progress" ? [] : [outputText(tokens.join(""))];
  return { id: `msg_${id}`, type: "message", status, role: "assistant", content };
}

function outputText(text: string) {
  return { type: "output_text", text, annotations: [], logprobs: [] };
}

function ended({ ending }: Answer) {
  return ending === "complete" ? "completed" : "incomplete";
}
