import { describe, expect, test } from "vitest";
import { createRequestParser } from "./parse-request.ts";

const BODY = '{"text":"Grüße"}';
const PLAIN = `POST /first/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Length: ${Buffer.byteLength(BODY)}\r\n\r\n${BODY}`;
const CHUNKED = `POST /b HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n`;
const EMPTY = "GET /c HTTP/1.1\r\n\r\n";

function readAll(text: string, pieceSize: number) {
  const bytes = Buffer.from(text);
  const parser = createRequestParser();
  const requests = [];
  for (let at = 0; at < bytes.length; at += pieceSize)
    requests.push(...parser.push(bytes.subarray(at, at + pieceSize)));
  return requests;
}

describe("requests off a raw connection", () => {
  test.each([1, 7, 10_000])("come out whole and in order, whatever the network cut (%s bytes a piece)", (size) => {
    expect(readAll(PLAIN + CHUNKED + EMPTY + PLAIN, size)).toEqual([
      {
        method: "POST",
        target: "/first/chat/completions",
        headers: { host: "x", "content-length": String(Buffer.byteLength(BODY)) },
        body: BODY,
      },
      { method: "POST", target: "/b", headers: { "transfer-encoding": "chunked" }, body: "hello world" },
      { method: "GET", target: "/c", headers: {}, body: "" },
      expect.objectContaining({ target: "/first/chat/completions", body: BODY }),
    ]);
  });

  test("one whose body has not ended is not there yet", () => {
    expect(readAll(PLAIN.slice(0, -1), 10_000)).toEqual([]);
    expect(readAll(CHUNKED.slice(0, -1), 10_000)).toEqual([]);
  });

  test("bytes that are no HTTP are refused", () => {
    expect(() => readAll("\x16\x03\x01\x02\r\n\r\n", 10_000)).toThrow(/No HTTP/);
  });
});
