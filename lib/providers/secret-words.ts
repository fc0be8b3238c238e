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

function withoutForm(text: string, form: string): string {
  const cleaned = text.replaceAll(form, "[key]");
  if (!cleaned.includes(form.slice(0, MIN_PIECE_LENGTH))) return cleaned;
  // A text that was clipped may hold no more than the key's beginning.
  let length = form.length - 1;
  while (length > MIN_PIECE_LENGTH && !cleaned.includes(form.slice(0, length))) length -= 1;
  return length < MIN_PIECE_LENGTH ? cleaned : withoutForm(cleaned.replaceAll(form.slice(0, length), "[key]"), form);
}
