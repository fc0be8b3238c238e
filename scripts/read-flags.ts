/**
 * The flags that a command was given. Where its help is asked for, prints it and ends with 0; where a word is not
 * understood, names it and ends with 2.
 */
export function readFlags(help: string, known: readonly string[] = []): ReadonlySet<string> {
  const words = process.argv.slice(2);
  if (words.includes("--help") || words.includes("-h")) {
    console.log(help);
    process.exit(0);
  }
  const unknown = words.find((word) => !known.includes(word));
  if (unknown === undefined) return new Set(words);
  console.error(`${unknown} is not understood.\n\n${help}`);
  process.exit(2);
}
