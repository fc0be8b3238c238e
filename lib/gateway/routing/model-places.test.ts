import { describe, expect, test } from "vitest";
import { MODELS } from "#lib/catalog/models.ts";
import { isPassedOn, placesInName } from "./model-places.ts";

describe("a Bedrock model's name tells where else it runs", () => {
  const arn = (rest: string) => `arn:aws:bedrock:eu-central-1:123456789012:${rest}`;

  test.each<[string, readonly string[] | null]>([
    ["anthropic.claude-3-haiku-20240307-v1:0", []],
    ["openai.gpt-oss-120b-1:0", []],
    ["zai.glm-4.7", []],
    ["eu.anthropic.claude-haiku-4-5-20251001-v1:0", ["eu"]],
    ["us-gov.anthropic.claude-3-haiku-20240307-v1:0", ["us-gov"]],
    ["apac.amazon.nova-lite-v1:0", ["apac"]],
    ["global.anthropic.claude-sonnet-4-6", ["global"]],
    [arn("inference-profile/us.amazon.nova-lite-v1:0"), ["eu-central-1", "us"]],
    [arn("provisioned-model/abc123"), ["eu-central-1"]],
    ["arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0", ["us-east-1"]],
    [arn("application-inference-profile/abc123"), null],
    [arn("default-prompt-router/anthropic.claude:1"), null],
    ["arn:aws:sagemaker:eu-central-1:123456789012:endpoint/x", null],
  ])("%s", (model, places) => {
    expect(placesInName("bedrock", model)).toEqual(places);
  });

  test("so does every profile of the catalog, by what its own name says of it", () => {
    for (const { id, name } of MODELS.filter(({ provider }) => provider === "bedrock")) {
      const said = /\((\w+)\)$/.exec(name)?.[1]?.toLowerCase();
      expect(placesInName("bedrock", id), id).toEqual(said === undefined ? [] : [said]);
    }
  });
});

test("elsewhere a name that begins like a profile is a name", () => {
  expect(placesInName("openai-compatible", "eu.anthropic.claude")).toEqual([]);
});

describe("what an Ollama only passes on to its cloud", () => {
  test.each(["gpt-oss:20b-cloud", "kimi-k2.5:cloud", "qwen3.5:Cloud", "gpt-oss:cloud:20b", "ours/glm:4.6-cloud"])(
    "%s",
    (model) => {
      expect(isPassedOn("self-hosted", model)).toBe(true);
      expect(isPassedOn("cloud", model)).toBe(false);
    },
  );

  test.each(["llama3.3:70b", "cloud", "cloud:7b", "my-cloud", "soundcloud:latest", "x:cloudy", "x:recloud", "x:local"])(
    "and not %s",
    (model) => {
      expect(isPassedOn("self-hosted", model)).toBe(false);
    },
  );
});
