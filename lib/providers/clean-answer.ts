import type { ProviderFailure } from "#lib/gateway/failures.ts";
import type { ProviderAnswer, StreamEvent } from "#lib/gateway/ports.ts";
import { type ProviderAccount, secretsOf } from "./account.ts";
import { createCleaner } from "./secret-words.ts";

/** Some providers repeat the key that they refuse: it must not reach a caller or the ledger. */
export function withoutSecrets(account: ProviderAccount, given: ProviderAnswer): ProviderAnswer {
  const answer = withCleanId(account, given);
  if (answer.kind === "answer") return answer;
  const clean = createCleaner(account);
  const cleanFailure = (failure: ProviderFailure): ProviderFailure => ({
    ...failure,
    message: clean(failure.message),
    code: failure.code === null ? null : clean(failure.code),
    param: failure.param === null ? null : clean(failure.param),
  });
  if (answer.kind === "failure") return { ...answer, failure: cleanFailure(answer.failure) };
  return { ...answer, events: cleanEvents(answer.events, cleanFailure) };
}

/** What a provider calls a request is kept on record: a key has no place in it. */
function withCleanId(account: ProviderAccount, answer: ProviderAnswer): ProviderAnswer {
  const { providerRequestId: id } = answer;
  const isTainted = id !== null && secretsOf(account).some((secret) => holds(id, secret));
  return isTainted ? { ...answer, providerRequestId: null } : answer;
}

function holds(id: string, secret: string): boolean {
  return id.toLowerCase().includes(secret.toLowerCase());
}

async function* cleanEvents(events: AsyncIterable<StreamEvent>, clean: (failure: ProviderFailure) => ProviderFailure) {
  for await (const event of events) yield event.failure === null ? event : { ...event, failure: clean(event.failure) };
}
