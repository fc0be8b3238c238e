const COMMON_WORDS = new Set(
  `about above after again also another answer anything around asked because been before being between both brief call
  can't could customer dear didn't does doesn't doing done down each email every find from generate give going have
  hello here http https into it's just know like list little make many message might more most much must need needs
  only other over please really regards said same should some such summarise summarize take tell than thank thanks
  that that's their them then there these they thing think this those time very want wants well were what when where
  which while will wish with within without would write you're your yours`.split(/\s+/),
);

// A name of two or three words counts as one.
const WORD = /\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+){1,2}|\p{L}[\p{L}\p{N}'-]{3,30}/gu;

/** What a text seems to be about: the most frequent words first, names after other words of the same count. */
export function findTopics(text: string, count: number): string[] {
  const found = new Map<string, { word: string; times: number; isName: boolean }>();
  for (const word of text.match(WORD) ?? []) {
    const key = word.toLowerCase();
    if (COMMON_WORDS.has(key)) continue;
    const topic = found.get(key);
    if (topic) topic.times++;
    else found.set(key, { word, times: 1, isName: word.includes(" ") });
  }
  const ranked = [...found.values()].sort(
    (left, right) => right.times - left.times || Number(left.isName) - Number(right.isName),
  );
  return ranked.slice(0, count).map((topic) => topic.word);
}

/** Names of people and companies of two words or more, each once. */
export function findNames(text: string): string[] {
  return [...new Set((text.match(WORD) ?? []).filter((word) => word.includes(" ")))];
}

const MAX_SENTENCE_LENGTH = 240;

/** The sentences of a text, in order, without those of a word or two; long ones are cut. */
export function findSentences(text: string): string[] {
  const sentences = text.split(/(?<=[.!?])\s+|\n+/).map((sentence) => sentence.trim().slice(0, MAX_SENTENCE_LENGTH));
  return sentences.filter((sentence) => sentence.split(/\s+/).length > 2);
}

/** The first label whose pattern the text matches. */
export function firstMatch<T extends string>(
  text: string,
  patterns: readonly (readonly [T, RegExp])[],
  otherwise: T,
): T {
  return patterns.find(([, pattern]) => pattern.test(text))?.[0] ?? otherwise;
}
