/** How long and how often a target is waited for; what is left out is as usual. */
export interface PatienceShown {
  firstTokenTimeoutMs?: number;
  answerTimeoutMs?: number;
  maxRetries?: number;
}

/** `5 s to its first token, 30 s for a whole answer and 1 retry`; empty when all is as usual. */
export function formatPatience({ firstTokenTimeoutMs, answerTimeoutMs, maxRetries }: PatienceShown): string {
  const parts = [
    firstTokenTimeoutMs === undefined ? null : `${inSeconds(firstTokenTimeoutMs)} to its first token`,
    answerTimeoutMs === undefined ? null : `${inSeconds(answerTimeoutMs)} for a whole answer`,
    maxRetries === undefined ? null : retries(maxRetries),
  ].filter((part) => part !== null);
  return [parts.slice(0, -1).join(", "), ...parts.slice(-1)].filter((part) => part !== "").join(" and ");
}

function inSeconds(ms: number): string {
  return `${ms / 1000} s`;
}

function retries(count: number): string {
  if (count === 0) return "no retry";
  return count === 1 ? "1 retry" : `${count} retries`;
}
