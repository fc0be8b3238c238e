import { randomFillSync } from "node:crypto";
import { v7 as uuidv7 } from "uuid";

const ID_BYTES = 16;
const pool = new Uint8Array(256 * ID_BYTES);
let used = pool.length;

/** A fresh UUIDv7. Randomness is drawn for many at a time: one system call each would show in every call's latency. */
export function newId(): string {
  return uuidv7({ rng: draw });
}

function draw(): Uint8Array {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += ID_BYTES;
  // A copy: uuid writes the version into what it is given.
  return pool.slice(used - ID_BYTES, used);
}
