/** Chooses by a seed: the same seed and the same order of calls choose the same. */
export interface SeededChoice {
  pick<T>(options: readonly [T, ...T[]]): T;
  /** A whole number, both ends included. */
  between(low: number, high: number): number;
}

/** FNV-1a, 32 bits: http://www.isthe.com/chongo/tech/comp/fnv/. Small and the same everywhere; not for secrets. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}

export function seededChoice(seed: number): SeededChoice {
  let step = 0;
  // FNV alone gives steps that follow each other low bits that do, too: the multiplication spreads them.
  const next = () => Math.imul(hashText(`${seed}:${step++}`), 0x9e3779b1) >>> 12;
  return {
    pick: (options) => options[next() % options.length] ?? options[0],
    between: (low, high) => low + (next() % (high - low + 1)),
  };
}
