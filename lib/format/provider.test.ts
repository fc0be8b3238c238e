import { expect, test } from "vitest";
import { formatProvider, platformKeyVariable } from "./provider.ts";

test("an unknown provider keeps its own id", () => {
  expect(formatProvider("openai")).toBe("OpenAI");
  expect(formatProvider("new-one")).toBe("new-one");
});

test("a provider's variable is spelled as the environment reads it", () => {
  expect(platformKeyVariable("azure-openai")).toBe("PLATFORM_AZURE_OPENAI_API_KEY");
});
