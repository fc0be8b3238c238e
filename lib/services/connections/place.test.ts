import { expect, test } from "vitest";
import { residencyReason } from "#lib/gateway/routing/residency.ts";
import { findEntry } from "./check-account.ts";
import { placeOf } from "./place.ts";

test("a cloud's address is a cloud's, whatever it was entered as", () => {
  const own = findEntry("openai-compatible");
  expect(placeOf(own, { baseUrl: "https://api.openai.com/v1" }, [])).toMatchObject({ hosting: "cloud" });
  expect(placeOf(own, { baseUrl: "https://gpu.example/v1" }, [])).toMatchObject({ hosting: "self-hosted" });
});

test("a region is the same however it is written: in an account's field, by the tenant's word, in the rule", () => {
  const place = placeOf(findEntry("bedrock"), { region: "EU-Central-1" }, ["EU-CENTRAL-1", "eu-west-1"]);
  expect(place).toMatchObject({
    regions: ["eu-central-1", "eu-west-1"],
    host: "bedrock-runtime.eu-central-1.amazonaws.com",
  });
  expect(residencyReason({ regions: ["eu-central-1", "eu-west-1"], hosts: [] }, place)).toBeNull();
});
