const PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

const SCHEMA = {
  type: "object",
  properties: { city: { type: "string" } },
  required: ["city"],
  additionalProperties: false,
};

const CHAT = {
  model: "email-classification",
  messages: [
    { role: "system", content: "Be brief." },
    {
      role: "user",
      content: [
        { type: "text", text: "Which city is this?" },
        { type: "image_url", image_url: { url: `data:image/png;base64,${PIXEL}`, detail: "low" } },
      ],
    },
    {
      role: "assistant",
      content: null,
      tool_calls: [{ id: "call_1", type: "function", function: { name: "look", arguments: '{"city":"Oslo"}' } }],
    },
    { role: "tool", tool_call_id: "call_1", content: "Oslo" },
  ],
  tools: [{ type: "function", function: { name: "look", description: "Looks", parameters: SCHEMA, strict: true } }],
  tool_choice: { type: "function", function: { name: "look" } },
  temperature: 0.5,
  top_p: 0.9,
  max_completion_tokens: 100,
  stop: ["END"],
  user: "u-1",
  metadata: { team: "a" },
};

const MESSAGES = {
  model: "email-classification",
  max_tokens: 100,
  system: [{ type: "text", text: "Be brief.", cache_control: { type: "ephemeral" } }],
  messages: [
    {
      role: "user",
      content: [
        { type: "text", text: "Which city is this?" },
        { type: "image", source: { type: "base64", media_type: "image/png", data: PIXEL } },
      ],
    },
    { role: "assistant", content: [{ type: "tool_use", id: "toolu_1", name: "look", input: { city: "Oslo" } }] },
    {
      role: "user",
      content: [{ type: "tool_result", tool_use_id: "toolu_1", content: [{ type: "text", text: "Oslo" }] }],
    },
  ],
  tools: [{ name: "look", description: "Looks", input_schema: SCHEMA }],
  tool_choice: { type: "auto" },
  stop_sequences: ["END"],
  metadata: { user_id: "u-1" },
  temperature: 0.5,
};

const RESPONSES = {
  model: "email-classification",
  instructions: "Be brief.",
  input: [
    {
      type: "message",
      role: "user",
      content: [
        { type: "input_text", text: "Which city is this?" },
        { type: "input_image", image_url: `data:image/png;base64,${PIXEL}`, detail: "low" },
      ],
    },
    { type: "function_call", call_id: "call_1", name: "look", arguments: '{"city":"Oslo"}' },
    { type: "function_call_output", call_id: "call_1", output: "Oslo" },
  ],
  tools: [{ type: "function", name: "look", description: "Looks", parameters: SCHEMA, strict: true }],
  tool_choice: "auto",
  text: { format: { type: "json_schema", name: "city", schema: SCHEMA, strict: true } },
  max_output_tokens: 100,
  temperature: 0.5,
  metadata: { team: "a" },
  store: false,
};

const EMBEDDINGS = {
  model: "semantic-search",
  input: ["one", "two"],
  dimensions: 64,
  encoding_format: "float",
  user: "u-1",
};

/** A request in each wire that uses most of what it has, to a provider that speaks it and to one that does not. */
export const RICH_BODIES: readonly { path: string; model: string; body: Record<string, unknown> }[] = [
  { path: "/v1/chat/completions", model: "openai/gpt-4.1", body: CHAT },
  { path: "/v1/chat/completions", model: "anthropic/claude-sonnet-4-5", body: CHAT },
  { path: "/v1/chat/completions", model: "google/gemini-2.5-flash", body: CHAT },
  { path: "/v1/messages", model: "anthropic/claude-sonnet-4-5", body: MESSAGES },
  { path: "/v1/messages", model: "openai/gpt-4.1", body: MESSAGES },
  { path: "/v1/messages", model: "google/gemini-2.5-flash", body: MESSAGES },
  {
    path: "/v1/messages/count_tokens",
    model: "anthropic/claude-sonnet-4-5",
    body: { ...MESSAGES, max_tokens: undefined },
  },
  { path: "/v1/responses", model: "openai/gpt-4.1", body: RESPONSES },
  { path: "/v1/responses", model: "anthropic/claude-sonnet-4-5", body: RESPONSES },
  { path: "/v1/responses", model: "google/gemini-2.5-flash", body: RESPONSES },
  { path: "/v1/embeddings", model: "openai/text-embedding-3-small", body: EMBEDDINGS },
  { path: "/v1/embeddings", model: "google/gemini-embedding-001", body: EMBEDDINGS },
];
