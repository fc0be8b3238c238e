import { Ban, Check, CircleDashed, Clock, FlaskConical, KeyRound, TriangleAlert, X } from "lucide-react";
import { Badge } from "#components/ui/badge.tsx";
import type { ConnectionDto } from "#lib/services/connections/schemas.ts";
import { type ConnectionState, stateOf } from "./connection-state.ts";

const LOOKS = {
  disabled: { tone: "neutral", word: "Disabled", Icon: Ban },
  unopened: { tone: "bad", word: "Key cannot be opened", Icon: KeyRound },
  failing: { tone: "bad", word: "Failing", Icon: X },
  waiting: { tone: "warn", word: "Asked to wait", Icon: Clock },
  working: { tone: "good", word: "Working", Icon: Check },
  up: { tone: "good", word: "Up", Icon: Check },
  down: { tone: "bad", word: "Down", Icon: X },
  "test-failed": { tone: "warn", word: "Test failed", Icon: TriangleAlert },
  untested: { tone: "neutral", word: "Not tested yet", Icon: CircleDashed },
  idle: { tone: "neutral", word: "No calls lately", Icon: CircleDashed },
  simulated: { tone: "warn", word: "Simulated", Icon: FlaskConical },
} as const satisfies Record<ConnectionState, object>;

/** How a connection does: a word, a sign and a colour. */
export function ConnectionBadge({ connection }: { connection: ConnectionDto }) {
  const { tone, word, Icon } = LOOKS[stateOf(connection)];
  return (
    <Badge tone={tone} icon={<Icon aria-hidden className="size-3" />}>
      {word}
    </Badge>
  );
}
