import type { Recording } from "#e2e/support/recordings.ts";
import type { UpstreamCall } from "#e2e/support/upstream.ts";
import type { Lane } from "./lanes.ts";
import type { Call, Seen } from "./watched-call.ts";

/** One recorded exchange as it was played: what the caller sent and saw, and what reached the provider. */
export interface Exchange {
  lane: Lane;
  recording: Recording;
  call: Call;
  sent: readonly UpstreamCall[];
  seen: Seen;
}
