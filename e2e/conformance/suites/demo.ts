import { expect } from "vitest";
import { CONVERSATION_CASES } from "../cases/conversation.ts";
import { DEMO_CASES } from "../cases/demo.ts";
import { EMBEDDING_CLIENTS } from "../clients/embedding-clients.ts";
import { CLIENTS } from "../clients/index.ts";
import { checkHeaders, declare, type Suite, say } from "./suite.ts";

const DEMO = "demo";
const MODEL = "gpt-4.1";
const EMBEDDING_MODEL = "text-embedding-3-small";

/** While no provider is connected the demo answers, over every wire. */
export function declareDemo(suite: Suite): void {
  const held = new Set(DEMO_CASES.map(({ title }) => title));
  for (const client of CLIENTS) {
    for (const one of DEMO_CASES) {
      const reason = one.ability && client.lacks[one.ability];
      if (reason !== undefined) {
        suite.tally.leaveOut(client.name, DEMO, one.title, reason);
        continue;
      }
      declare(suite, { client: client.name, provider: DEMO, title: one.title }, async () => {
        const { text } = say("demo");
        const answer = await client.ask(suite.gateways().demo, { ...one.question, model: `openai/${MODEL}`, text });
        checkHeaders(answer.header, DEMO, MODEL);
        expect(answer.header("x-switchyard-simulated")).toBe("true");
        await one.check({ answer });
      });
    }
    for (const { title } of CONVERSATION_CASES.filter((one) => !held.has(one.title))) {
      suite.tally.leaveOut(client.name, DEMO, title, "the demo makes its answers up and has nobody to pass them on to");
    }
  }
  for (const client of EMBEDDING_CLIENTS) {
    declare(suite, { client: client.name, provider: DEMO, title: "vectors of 2" }, async () => {
      const texts = ["red apples", "red apples"];
      const { vectors, header } = await client.embed(suite.gateways().demo, `openai/${EMBEDDING_MODEL}`, texts);
      expect(vectors.map(({ length }) => length)).toEqual([1_536, 1_536]);
      expect(vectors[0]).toEqual(vectors[1]);
      checkHeaders(header, DEMO, EMBEDDING_MODEL);
    });
  }
}
