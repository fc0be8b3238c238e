import type { Binding } from "./seal.ts";
import type { Unopened } from "./unopened.ts";

/** A data key that only the master key of this id opens. */
export interface WrappedKey {
  keyId: string;
  bytes: Uint8Array;
}

export type Wrapping = { status: "wrapped"; wrapped: WrappedKey } | { status: "unavailable"; reason: string };
/** The data key is the receiver's own copy: its bytes are to be overwritten after use. */
export type Unwrapping = { status: "opened"; dataKey: Buffer } | Unopened;

/** Where master keys are: they wrap the tenants' data keys and never leave. Nothing here throws for a key's sake. */
export interface KeyWrapper {
  /** Wraps under the newest master key; the answer names it. */
  wrap(dataKey: Uint8Array, binding: Binding): Promise<Wrapping>;
  /** Whether a master key of this id would be found here, if it exists. */
  recognises(keyId: string): boolean;
  unwrap(wrapped: WrappedKey, binding: Binding): Promise<Unwrapping>;
}

/** The newest wraps; whichever knows the id unwraps. So keys can move from one place to another under way. */
export function combineWrappers(newest: KeyWrapper, ...older: readonly KeyWrapper[]): KeyWrapper {
  const all = [newest, ...older];
  return {
    wrap: (dataKey, binding) => newest.wrap(dataKey, binding),
    recognises: (keyId) => all.some((wrapper) => wrapper.recognises(keyId)),
    async unwrap(wrapped, binding) {
      const wrapper = all.find(({ recognises }) => recognises(wrapped.keyId));
      return wrapper?.unwrap(wrapped, binding) ?? { status: "unknown-master-key", keyId: wrapped.keyId };
    },
  };
}
