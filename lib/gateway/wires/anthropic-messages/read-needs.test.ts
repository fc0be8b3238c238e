import { expect, test } from "vitest";
import { parseMessages } from "./parse.ts";

const user = (...content: unknown[]) => ({ messages: [{ role: "user", content }] });
const assistant = (...content: unknown[]) => ({
  messages: [
    { role: "assistant", content },
    { role: "user", content: "Go on." },
  ],
});
const TOOL = { name: "a", input_schema: { type: "object" } };

function parse(fields: Record<string, unknown>) {
  const body = { model: "a", max_tokens: 1, messages: [{ role: "user", content: "Hello" }], ...fields };
  return parseMessages(new TextEncoder().encode(JSON.stringify(body)));
}

const URL_IMAGE = { type: "image", source: { type: "url", url: "https://a.example/b.png" } };
const PDF = { type: "document", source: { type: "base64", media_type: "application/pdf", data: "JVBE" } };

test.each<[Record<string, unknown>, [string, string][]]>([
  [{ tools: [] }, []],
  [{ tools: [TOOL, { ...TOOL, type: "custom", strict: true, defer_loading: false }] }, [["tools", "tools"]]],
  [
    { tools: [{ ...TOOL, defer_loading: true }] },
    [
      ["tools", "tools"],
      ["other", "tools[0].defer_loading"],
    ],
  ],
  [{ tools: [{ ...TOOL, allowed_callers: ["direct"] }] }, [["tools", "tools"]]],
  [
    { tools: [{ ...TOOL, allowed_callers: ["code_execution_20260120"] }] },
    [
      ["tools", "tools"],
      ["other", "tools[0].allowed_callers"],
    ],
  ],
  [{ tools: [{ type: "web_search_20250305", name: "web_search" }] }, [["other", "tools[0]"]]],
  [{ tool_choice: { type: "auto" } }, []],
  [
    { tool_choice: { type: "auto", disable_parallel_tool_use: true } },
    [["parallel-tool-calls", "tool_choice.disable_parallel_tool_use"]],
  ],
  [{ tool_choice: { type: "any", disable_parallel_tool_use: false } }, [["tool-choice", "tool_choice"]]],
  [{ tool_choice: { type: "tool", name: "a" } }, [["tool-choice", "tool_choice"]]],
  [{ thinking: { type: "disabled" } }, []],
  [{ thinking: { type: "enabled", budget_tokens: 1024 } }, [["reasoning", "thinking"]]],
  [{ thinking: { type: "adaptive", display: "summarized" } }, [["reasoning", "thinking"]]],
  [{ thinking: { type: "between_tools" } }, [["other", "thinking"]]],
  [{ output_config: { effort: "low" } }, [["reasoning", "output_config.effort"]]],
  [{ output_config: { effort: "ultra" } }, [["other", "output_config.effort"]]],
  [{ output_config: { format: { type: "json_schema", schema: {} } } }, [["json", "output_config.format"]]],
  [{ output_format: { type: "json_schema", schema: {} } }, [["json", "output_format"]]],
  [{ output_config: { task_budget: 1 } }, [["other", "output_config.task_budget"]]],
  [{ stop_sequences: [] }, []],
  [{ stop_sequences: ["."] }, [["stop", "stop_sequences"]]],
  [{ top_k: 5 }, [["top-k", "top_k"]]],
  [{ mcp_servers: [{ url: "https://a.example" }] }, [["other", "mcp_servers"]]],
  [{ container: null, new_field: false }, []],
  [{ inference_geo: "us" }, [["other", "inference_geo"]]],
  [user(URL_IMAGE), [["vision", "messages[0].content[0]"]]],
  [
    user({ type: "image", source: { type: "file", file_id: "file_1" } }),
    [
      ["vision", "messages[0].content[0]"],
      ["other", "messages[0].content[0].source"],
    ],
  ],
  [user({ type: "text", text: "a" }, PDF), [["files", "messages[0].content[1]"]]],
  [user({ ...PDF, source: { type: "text", media_type: "text/plain", data: "a" } }), []],
  [
    user({ ...PDF, source: { type: "content", content: [URL_IMAGE] } }),
    [["vision", "messages[0].content[0].source.content[0]"]],
  ],
  [
    user({ ...PDF, citations: { enabled: true } }),
    [
      ["files", "messages[0].content[0]"],
      ["other", "messages[0].content[0].citations"],
    ],
  ],
  [user({ ...PDF, citations: { enabled: false }, context: null }), [["files", "messages[0].content[0]"]]],
  [user({ type: "search_result", content: [] }), [["other", "messages[0].content[0]"]]],
  [
    user({ type: "tool_result", tool_use_id: "a", content: [{ type: "text", text: "a" }, URL_IMAGE] }),
    [
      ["tools", "messages[0].content[0]"],
      ["vision", "messages[0].content[0].content[1]"],
    ],
  ],
  [
    user({ type: "tool_result", tool_use_id: "a", content: [{ type: "tool_reference", tool_name: "b" }] }),
    [
      ["tools", "messages[0].content[0]"],
      ["other", "messages[0].content[0].content[0]"],
    ],
  ],
  [
    assistant({ type: "tool_use", id: "a", name: "b", input: {}, caller: { type: "direct" } }),
    [["tools", "messages[0].content[0]"]],
  ],
  [assistant({ type: "thinking", thinking: "a", signature: "b" }, { type: "redacted_thinking", data: "c" }), []],
  [user({ type: "tool_use", id: "a", name: "b", input: {} }), [["other", "messages[0].content[0]"]]],
  [user({ type: "container_upload", file_id: "a" }), [["other", "messages[0].content[0]"]]],
  [{ messages: [{ role: "system", content: "a" }] }, [["other", "messages[0].role"]]],
  [
    {
      messages: [
        { role: "user", content: "a" },
        { role: "assistant", content: "b" },
      ],
    },
    [["other", "messages[1].role"]],
  ],
])("%j needs %j", (fields, needs) => {
  expect(parse(fields).needs.map(({ feature, param }) => [feature, param])).toEqual(needs);
});

const MARK = { type: "ephemeral" };

test.each<[Record<string, unknown>, [string, string][]]>([
  [{ cache_control: MARK }, [["prompt-cache", "cache_control"]]],
  [{ tools: [TOOL, { ...TOOL, cache_control: MARK }] }, [["prompt-cache", "tools[1].cache_control"]]],
  [{ system: [{ type: "text", text: "a", cache_control: MARK }] }, [["prompt-cache", "system[0].cache_control"]]],
  [user({ type: "text", text: "a", cache_control: MARK }), [["prompt-cache", "messages[0].content[0].cache_control"]]],
  [user({ type: "text", text: "a", cache_control: null }), []],
  [{ metadata: { user_id: "a" } }, [["user", "metadata.user_id"]]],
  [{ metadata: { user_id: null, team: "b" } }, [["metadata", "metadata"]]],
  [{ service_tier: "auto", speed: "fast" }, [["service-tier", "service_tier"]]],
  [assistant({ type: "thinking", thinking: "a", signature: "b" }), [["earlier-reasoning", "messages[0].content[0]"]]],
  [assistant({ type: "redacted_thinking", data: "b" }), [["earlier-reasoning", "messages[0].content[0]"]]],
  [{ tools: [{ ...TOOL, eager_input_streaming: true }] }, [["stream-options", "tools[0].eager_input_streaming"]]],
])("%j hints at %j, and needs nothing for it", (fields, hints) => {
  const request = parse(fields);
  expect(request.hints.map(({ hint, param }) => [hint, param])).toEqual(hints);
  expect(request.needs.filter(({ feature }) => feature !== "tools")).toEqual([]);
});
