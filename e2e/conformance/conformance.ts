import { afterAll, beforeAll, describe } from "vitest";
import type { ServerOptions } from "#e2e/support/server.ts";
import { type Gateways, openGateways } from "./open-gateways.ts";
import { declareConversations } from "./suites/conversations.ts";
import { declareDemo } from "./suites/demo.ts";
import { declareEmbeddings } from "./suites/embeddings.ts";
import { declareFailures } from "./suites/failures.ts";
import { declareOwnAnswers } from "./suites/own-answers.ts";
import { createTally } from "./tally.ts";

/**
 * The official clients against the running gateway over one mount, and every provider behind it as aimock plays them.
 * Ends with a table of passed/total by client and provider.
 */
export function declareConformance(mount: ServerOptions["mount"]): void {
  describe(`official clients over the ${mount} mount`, () => {
    const tally = createTally();
    let gateways: Gateways | null = null;
    const suite = {
      tally,
      gateways() {
        if (gateways === null) throw new Error("The gateways are not open yet.");
        return gateways;
      },
    };
    beforeAll(async () => {
      // The package's warnings are errors here: see its client.
      Object.assign(globalThis, { AI_SDK_LOG_WARNINGS: false });
      gateways = await openGateways(mount);
    });
    afterAll(async () => {
      await gateways?.close();
      console.log(tally.describe(`Conformance over the ${mount} mount, passed/total:`));
    });
    declareConversations(suite);
    declareFailures(suite);
    declareEmbeddings(suite);
    declareOwnAnswers(suite);
    declareDemo(suite);
  });
}
