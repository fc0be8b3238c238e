import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Recording } from "./recordings.ts";
import type { Script } from "./upstream.ts";

/** How a recorded body is sent: an event a write, or a byte a write. */
export type Cut = "whole" | "byte";

const HOP_BY_HOP =
  /^(connection|keep-alive|transfer-encoding|te|trailer|upgrade|proxy-.*|content-length|content-encoding|date)$/i;

const BYTES_A_TURN = 16;

/** Answers with what was recorded: its status, its headers, its body. */
export function replay(recording: Recording, cut: Cut): Script {
  return async (response) => {
    const headers = Object.entries(recording.headers).filter(([name]) => !HOP_BY_HOP.test(name));
    response.writeHead(recording.status, Object.fromEntries(headers));
    if (cut === "byte") await sendBytes(response, recording.body);
    else for (const piece of splitEvents(recording)) response.write(piece);
    response.end();
  };
}

function splitEvents({ body, isStream, headers }: Recording): Buffer[] {
  // Amazon's frames hold whatever bytes: they are no lines of text.
  if (!isStream || headers["content-type"]?.includes("amazon") === true) return [body];
  return body
    .toString()
    .split(/(?<=\r?\n\r?\n)/)
    .map((event) => Buffer.from(event));
}

/** Single bytes, with a pause for the reader now and then: otherwise the network puts them all together again. */
async function sendBytes(response: ServerResponse, body: Buffer): Promise<void> {
  for (let at = 0; at < body.length && !response.destroyed; at += 1) {
    if (!response.write(body.subarray(at, at + 1))) await once(response, "drain");
    if (at % BYTES_A_TURN === 0) await nextTurn();
  }
}
