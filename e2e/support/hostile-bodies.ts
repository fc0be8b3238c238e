const MB = 1024 * 1024;

/** Bodies that no honest client sends, by what is odd about them. Each is a function: some are 20 MB. */
export const HOSTILE_BODIES: readonly (readonly [name: string, make: (valid: string) => string | Uint8Array])[] = [
  ["nothing", () => ""],
  ["white space alone", () => " \n\t "],
  ["null", () => "null"],
  ["a number too large for any number", () => "1e999"],
  ["a string", () => '"hello"'],
  ["an empty list", () => "[]"],
  ["an empty object", () => "{}"],
  ["half of a body", (valid) => valid.slice(0, valid.length / 2)],
  ["a body and more", (valid) => `${valid}}`],
  ["two bodies", (valid) => valid + valid],
  ["a byte order mark before it", (valid) => `\uFEFF${valid}`],
  ["bytes that are not UTF-8", (valid) => Buffer.concat([Buffer.from(valid.slice(0, -2)), Buffer.from([0xff, 0xfe])])],
  ["UTF-16", (valid) => Buffer.from(valid, "utf16le")],
  ["100,000 open brackets", () => "[".repeat(100_000)],
  ["100,000 nested lists", (valid) => put(valid, "extra", `${"[".repeat(100_000)}${"]".repeat(100_000)}`)],
  ["10,000 nested objects", (valid) => put(valid, "extra", `${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}`)],
  ["400 nested lists", (valid) => put(valid, "extra", `${"[".repeat(400)}${"]".repeat(400)}`)],
  ["a million small elements", (valid) => put(valid, "messages", `[${"{},".repeat(1_000_000)}{}]`)],
  ["a million numbers", (valid) => put(valid, "input", `[${"1,".repeat(1_000_000)}1]`)],
  ["a million fields", (valid) => put(valid, "extra", `{${fields(100_000)}}`)],
  ["lone surrogates", (valid) => put(valid, "user", '"\\ud800 \\udfff"')],
  ["NUL", (valid) => put(valid, "user", '"a\\u0000b"')],
  ["a raw control character", (valid) => put(valid, "user", '"a\nb"')],
  ["the same field twice", (valid) => put(put(valid, "model", '"first"'), "model", '"email-classification"')],
  ["__proto__", (valid) => put(valid, "__proto__", '{"stream":true,"messages":null}')],
  ["constructor", (valid) => put(valid, "constructor", '{"prototype":{"model":"x"}}')],
  ["toString", (valid) => put(valid, "toString", "1")],
  ["an enormous model", (valid) => put(valid, "model", JSON.stringify("m".repeat(MB)))],
  ["a model of control characters", (valid) => put(valid, "model", '"\\r\\nset-cookie: a=b"')],
  ["a model that is a path", (valid) => put(valid, "model", '"openai/../../../etc/passwd"')],
  ["just 20 MB", (valid) => pad(valid, 20 * MB)],
  ["a byte more than 20 MB", (valid) => pad(valid, 20 * MB + 1)],
];

/** The field before all others, so that the text stays JSON whatever it holds. */
function put(valid: string, field: string, json: string): string {
  return `{${JSON.stringify(field)}:${json},${valid.slice(1)}`;
}

function fields(count: number): string {
  return Array.from({ length: count }, (_, at) => `"f${at}":${at}`).join(",");
}

function pad(valid: string, size: number): string {
  return valid + " ".repeat(size - Buffer.byteLength(valid));
}
