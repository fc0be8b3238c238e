let waiting: (() => void)[] = [];

/**
 * Does something once the event loop has been through all that is ready now, together with what else waits for that.
 * Answers that are written one after another wake their reader once; written as each is made, most of them wake it anew,
 * which at many calls a second costs as much as all else about an answer.
 */
export function atEndOfTurn(work: () => void): void {
  if (waiting.push(work) > 1) return;
  setImmediate(() => {
    const all = waiting;
    waiting = [];
    for (const one of all) one();
  });
}
