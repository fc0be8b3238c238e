/** A key that says its name wherever it turns up, with characters that JSON has to escape. */
export const CANARY = 'sk-canary-"9f3\\71c"-of-nobody-elses-5b82d04e';

/** Every way in which a dump, a log or an answer would bear it; pieces of it too, for what is cut or shifted. */
const TRACES: readonly [form: string, trace: string][] = [CANARY, CANARY.slice(0, 20), CANARY.slice(-20)].flatMap(
  (text): [string, string][] => {
    const bytes = Buffer.from(text);
    return [
      ["plain", text],
      ["JSON", JSON.stringify(text).slice(1, -1)],
      ["JSON in JSON", JSON.stringify(JSON.stringify(text)).slice(3, -3)],
      ["URL", encodeURIComponent(text)],
      ["hex", bytes.toString("hex")],
      ["base64", base64Middle(text, 0)],
      ["base64, shifted by one", base64Middle(text, 1)],
      ["base64, shifted by two", base64Middle(text, 2)],
      ["UTF-16", Buffer.from(text, "utf16le").toString("latin1")],
    ];
  },
);

/** What a text's base64 holds whatever stands around it, by where in a group of three bytes it begins. */
function base64Middle(text: string, shift: number): string {
  const encoded = Buffer.from("x".repeat(shift) + text).toString("base64");
  return encoded.slice(shift === 0 ? 0 : 4, Math.floor((shift + text.length) / 3) * 4);
}

/** The forms in which the canary stands in these bytes; none, if all is well. */
export function findTraces(bytes: string | Buffer): string[] {
  const text = typeof bytes === "string" ? bytes : bytes.toString("latin1");
  const lower = text.toLowerCase();
  return TRACES.filter(([form, trace]) => (form === "hex" ? lower : text).includes(trace)).map(([form]) => form);
}
