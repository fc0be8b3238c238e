import { randomBytes, timingSafeEqual } from "node:crypto";
import { KEY_BYTES } from "./aes-256-gcm.ts";
import { bindDataKey } from "./bind-data-key.ts";
import type { DataKeyRegister, StoredDataKey } from "./data-key-store.ts";
import type { KeyWrapper } from "./key-wrapper.ts";
import { explainUnopened } from "./unopened.ts";

export interface RotationReport {
  /** The newest master key, under which the rewrapped ones now are. */
  keyId: string;
  rewrapped: number;
  /** Were under it before, and open. */
  already: number;
  /** Left exactly as they were. */
  failed: { tenantId: string; reason: string }[];
}

export type Rotation =
  | { status: "finished"; report: RotationReport }
  /** The newest master key cannot be used: nothing was touched. */
  | { status: "unavailable"; reason: string };

type Step = "rewrapped" | "already" | "deleted" | { reason: string };

/** Data keys that are under way at once: a key service answers each in milliseconds. */
const PAGE = 20;

/**
 * Wraps every tenant's data key anew under the newest master key. The data keys stay the same, so that whatever they
 * seal stays readable all along and none of it is touched. Needs no memory of its own: a run that was killed is simply
 * run again, and two runs at once do not harm each other.
 */
export async function rotateDataKeys(register: DataKeyRegister, wrapper: KeyWrapper): Promise<Rotation> {
  // A key service says which key is its newest by using it.
  const trial = await wrapper.wrap(randomBytes(KEY_BYTES), bindDataKey({ tenantId: "", version: 0 }));
  if (trial.status !== "wrapped") return trial;
  const report: RotationReport = { keyId: trial.wrapped.keyId, rewrapped: 0, already: 0, failed: [] };
  let after: string | null = null;
  while (true) {
    const page: StoredDataKey[] = await register.list(after, PAGE);
    const last = page.at(-1);
    if (last === undefined) return { status: "finished", report };
    const steps = await Promise.all(page.map((stored) => rotateOne(register, wrapper, stored, report.keyId)));
    steps.forEach((step, index) => {
      const { tenantId } = page[index] as StoredDataKey;
      if (typeof step === "object") report.failed.push({ tenantId, ...step });
      else if (step !== "deleted") report[step] += 1;
    });
    after = last.tenantId;
  }
}

async function rotateOne(
  register: DataKeyRegister,
  wrapper: KeyWrapper,
  stored: StoredDataKey,
  newestKeyId: string,
): Promise<Step> {
  const opened = await wrapper.unwrap({ keyId: stored.keyId, bytes: stored.wrapped }, bindDataKey(stored));
  if (opened.status !== "opened") return { reason: explainUnopened(opened) };
  try {
    if (stored.keyId === newestKeyId) return "already";
    const next = await wrapAnew(wrapper, stored, opened.dataKey);
    if ("reason" in next) return next;
    if (await register.replace(next)) return "rewrapped";
    return describeOther(await register.read(stored.tenantId), newestKeyId);
  } finally {
    opened.dataKey.fill(0);
  }
}

/** The next version, tried out: a master key that wraps but does not unwrap must not take the old one's place. */
async function wrapAnew(
  wrapper: KeyWrapper,
  { tenantId, version: current }: StoredDataKey,
  dataKey: Buffer,
): Promise<StoredDataKey | { reason: string }> {
  const version = current + 1;
  const binding = bindDataKey({ tenantId, version });
  const wrapping = await wrapper.wrap(dataKey, binding);
  if (wrapping.status !== "wrapped") return { reason: wrapping.reason };
  const again = await wrapper.unwrap(wrapping.wrapped, binding);
  if (again.status !== "opened") return { reason: `The newest master key does not unwrap: ${explainUnopened(again)}` };
  const isSame = again.dataKey.length === dataKey.length && timingSafeEqual(again.dataKey, dataKey);
  again.dataKey.fill(0);
  if (!isSame) return { reason: "The newest master key unwraps to another data key." };
  return { tenantId, version, keyId: wrapping.wrapped.keyId, wrapped: wrapping.wrapped.bytes };
}

/** Somebody else was faster: another run, or the tenant's deletion. */
function describeOther(other: StoredDataKey | null, newestKeyId: string): Step {
  if (other === null) return "deleted";
  return other.keyId === newestKeyId ? "already" : { reason: "It was changed meanwhile: run this again." };
}
