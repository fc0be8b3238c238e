/** A text, texts, the tokens of one text, or those of several. By hand: inputs have thousands of elements. */
export function isInput(input: unknown): boolean {
  if (typeof input === "string") return input !== "";
  if (!Array.isArray(input) || input.length === 0) return false;
  if (typeof input[0] === "string") return input.every((one) => typeof one === "string");
  return isTokens(input) || input.every((one) => Array.isArray(one) && one.length > 0 && isTokens(one));
}

function isTokens(list: readonly unknown[]): boolean {
  return list.every((one) => Number.isInteger(one));
}
