/** How a check failed, in few words; its sentence says more. */
const WORDS: Readonly<Record<string, string>> = {
  timeout: "no answer in time",
  network: "not reached",
  "egress-refused": "not allowed to go there",
  "rate-limited": "rate limit",
  overloaded: "overloaded",
  "server-error": "server error",
  "provider-auth": "key refused",
  "provider-quota": "no quota",
  "bad-response": "another kind of answer",
  account: "could not be asked",
};

export function failureWords(kind: string): string {
  return WORDS[kind] ?? "failed";
}
