import { expect } from "vitest";
import type { Case, Seen } from "./case.ts";

const MARK = "(Simulated answer: no provider is connected.)";
const CITY = {
  type: "object",
  properties: { city: { type: "string" }, inhabitants: { type: "number" } },
  required: ["city", "inhabitants"],
  additionalProperties: false,
} as const;
const SCHEMA = { ...CITY, required: [...CITY.required] };
const TOOL = { name: "get_weather", description: "The weather of a city", schema: SCHEMA };

type DemoCase = Omit<Case<Pick<Seen, "answer">>, "fixture">;

/** The built-in provider makes its answers up: what they are like can be said, but not what they say. */
export const DEMO_CASES: readonly DemoCase[] = [
  ...[false, true].map(
    (isStream) =>
      ({
        title: isStream ? "a streamed answer, piece by piece" : "an answer, with its finish reason and its usage",
        question: { isStream },
        check({ answer }) {
          expect(answer.text).toContain(MARK);
          expect(answer).toMatchObject({ toolCalls: [], finish: "stop" });
          expect(answer.usage.inputTokens).toBeGreaterThan(0);
          expect(answer.usage.outputTokens).toBeGreaterThan(0);
          if (isStream) expect(answer.pieces).toBeGreaterThan(1);
        },
      }) satisfies DemoCase,
  ),
  ...[false, true].map(
    (isStream) =>
      ({
        title: isStream ? "a tool's call in a stream" : "a tool that has to be called, and the answer to its result",
        question: { isStream, tools: [TOOL], toolChoice: TOOL.name },
        check({ answer }) {
          expect(answer.finish).toBe("tool-calls");
          expect(answer.toolCalls).toMatchObject([{ name: TOOL.name }]);
          expect(Object.keys(answer.toolCalls[0]?.input as object)).toEqual(CITY.required);
        },
      }) satisfies DemoCase,
  ),
  ...[false, true].map(
    (isStream) =>
      ({
        title: isStream ? "streamed JSON that fits a schema" : "JSON that fits a schema",
        question: { isStream, schema: SCHEMA },
        check({ answer }) {
          expect(JSON.parse(answer.text)).toEqual({ city: expect.any(String), inhabitants: expect.any(Number) });
          expect(answer.finish).toBe("stop");
        },
      }) satisfies DemoCase,
  ),
  {
    title: "an answer that a limit cuts short",
    question: { maxTokens: 16 },
    check({ answer }) {
      expect(answer).toMatchObject({ finish: "length", usage: { outputTokens: 16 } });
    },
  },
  {
    title: "stop sequences",
    ability: "stop",
    question: { stop: ["(Simulated"] },
    check({ answer }) {
      expect(answer.text).not.toContain("(Simulated");
      expect(answer.finish).toBe("stop");
    },
  },
];
