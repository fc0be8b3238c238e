import { QueryClient } from "@tanstack/react-query";
import { expect, test } from "vitest";
import { keepAnswer } from "./keep-answer.ts";

test("an answer that was asked for before a change does not come back over the change's", async () => {
  const client = new QueryClient();
  const slow = Promise.withResolvers<string>();
  const asked = client.fetchQuery({ queryKey: ["draft"], queryFn: () => slow.promise }).catch((error) => error);
  await keepAnswer(client, ["draft"], "changed");
  slow.resolve("as it was before");
  await asked;
  expect(client.getQueryData(["draft"])).toBe("changed");
});

test("what is kept under a longer key is left on its way", async () => {
  const client = new QueryClient();
  const slow = Promise.withResolvers<string>();
  const asked = client.fetchQuery({ queryKey: ["mode", "preview"], queryFn: () => slow.promise });
  await keepAnswer(client, ["mode"], "changed");
  slow.resolve("a preview");
  await expect(asked).resolves.toBe("a preview");
});
