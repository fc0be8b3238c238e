import { expect, test } from "vitest";
import { cloudAt } from "./cloud-hosts.ts";

test.each([
  ["api.openai.com", "OpenAI"],
  ["ours.openai.azure.com", "Azure OpenAI"],
  ["bedrock-runtime.eu-central-1.amazonaws.com", "Amazon Bedrock"],
  ["europe-west4-aiplatform.googleapis.com", "Google Vertex AI"],
  ["aiplatform.eu.rep.googleapis.com", "Google Vertex AI"],
  ["openrouter.ai", "OpenRouter"],
  ["ollama.com", "Ollama Cloud"],
])("%s is a cloud's", (host, name) => {
  expect(cloudAt(host)).toBe(name);
});

test.each([
  "gpu.example",
  "localhost",
  "10.0.0.7",
  "::1",
  "api.openai.com.gpu.example",
  "apixopenai.com",
  "a.b.openai.azure.com",
])("%s is no cloud's that is known", (host) => {
  expect(cloudAt(host)).toBeNull();
});
