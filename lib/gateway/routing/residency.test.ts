import { describe, expect, test } from "vitest";
import { makeConnection } from "#e2e/isolation/support/gateway.ts";
import { modelResidencyReason, regionsOf, residencyReason } from "./residency.ts";

const frankfurt = makeConnection("bedrock", { regions: ["eu-central-1"], host: "bedrock.example" });
const only = (...regions: string[]) => ({ regions, hosts: [] });

test("an account is inside when its host is listed, or every region of it; what is not known is outside", () => {
  expect(residencyReason(null, makeConnection("acme"))).toBeNull();
  expect(residencyReason(only("eu-central-1"), frankfurt)).toBeNull();
  expect(residencyReason({ regions: [], hosts: ["bedrock.example"] }, frankfurt)).toBeNull();
  expect(residencyReason(only("eu-west-1"), frankfurt)).toMatch("eu-central-1, outside");
  expect(residencyReason(only("eu-west-1"), makeConnection("acme"))).toMatch("not known");
});

describe("a model that is served from more places than its account is inside when all of them are allowed", () => {
  test.each<[string, readonly string[], string | null]>([
    ["amazon.nova-pro-v1:0", ["eu-central-1"], null],
    ["global.anthropic.claude", ["eu-central-1"], "it runs in global, outside of the allowed regions"],
    ["eu.anthropic.claude", ["eu-central-1"], "it runs in eu, outside of the allowed regions"],
    ["eu.anthropic.claude", ["eu-central-1", "eu"], null],
    ["eu.anthropic.claude", ["eu"], "it runs in eu-central-1, outside of the allowed regions"],
    [
      "arn:aws:bedrock:eu-central-1:1:application-inference-profile/x",
      ["eu-central-1"],
      "it is not known where bedrock runs it",
    ],
  ])("%s where %j is", (model, regions, reason) => {
    expect(modelResidencyReason(only(...regions), frankfurt, model)).toBe(reason);
  });
});

test("where a call has gone is told with the places of its model", () => {
  expect(regionsOf(frankfurt, "global.anthropic.claude")).toEqual(["eu-central-1", "global"]);
  expect(regionsOf(frankfurt, "amazon.nova-pro-v1:0")).toBe(frankfurt.regions);
});

test("a model that a server only passes on to a cloud is outside of every rule, and where there is none", () => {
  const rack = makeConnection("ollama", { hosting: "self-hosted", host: "rack.example" });
  const outside = "its server does not run it, but passes it on to a cloud";
  expect(modelResidencyReason(null, rack, "gpt-oss:20b-cloud")).toBe(outside);
  expect(modelResidencyReason({ regions: [], hosts: ["rack.example"] }, rack, "gpt-oss:20b-cloud")).toBe(outside);
  expect(modelResidencyReason(null, rack, "gpt-oss:20b")).toBeNull();
});
