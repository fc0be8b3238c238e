import { type ProviderAccount, secretsOf } from "./account.ts";

/** Shorter pieces of a key say too little to hide, and too many words hold them. */
const MIN_PIECE_LENGTH = 12;

/** Takes an account's secrets out of a text, however they are written in it, whole or cut off at the text's end. */
export function createCleaner(account: ProviderAccount): (text: string) => string {
  let forms: readonly string[] | null = null;
  return (text) => {
    // Most answers have nothing to clean: what it takes is made at the first that has.
    forms ??= [...new Set(secretsOf(account).flatMap(formsOf))].sort((one, other) => other.length - one.length);
    return forms.reduce(withoutForm, text);
  };
}

/** As it is, in JSON, in a URL, and in the encodings that a header or a dump would bear it in. */
function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const encoded = [bytes.toString("base64"), bytes.toString("base64url"), bytes.toString("hex")];
  return [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret), ...encoded];
}

/** In whichever case it is written: some providers repeat a header's value in lower case. */
function withoutForm(text: string, form: string): string {
  const cleaned = text.replace(anyCase(form), "[key]");
  // A text that was clipped may hold no more than the key's beginning.
  let [kept, at] = ["", 0];
  for (const { index } of cleaned.matchAll(anyCase(form.slice(0, MIN_PIECE_LENGTH)))) {
    if (index < at) continue;
    kept += `${cleaned.slice(at, index)}[key]`;
    at = index + lengthInCommon(cleaned.slice(index), form);
  }
  return kept + cleaned.slice(at);
}

function anyCase(text: string): RegExp {
  return new RegExp(text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"), "gi");
}

function lengthInCommon(text: string, form: string): number {
  let length = Math.min(MIN_PIECE_LENGTH, form.length);
  while (length < form.length && text[length]?.toLowerCase() === form[length]?.toLowerCase()) length += 1;
  return length;
}
