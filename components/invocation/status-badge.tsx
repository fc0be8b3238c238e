import { Ban, Check, X } from "lucide-react";
import { Badge } from "#components/ui/badge.tsx";
import type { InvocationDto } from "#lib/services/invocations/schemas.ts";

const LOOKS = {
  succeeded: { tone: "good", word: "Succeeded", Icon: Check },
  failed: { tone: "bad", word: "Failed", Icon: X },
  aborted: { tone: "neutral", word: "Aborted", Icon: Ban },
} as const;

/** How a call or an attempt ended: a word, a sign and a colour. */
export function StatusBadge({ status }: { status: InvocationDto["status"] }) {
  const { tone, word, Icon } = LOOKS[status];
  return (
    <Badge tone={tone} icon={<Icon aria-hidden className="size-3" />}>
      {word}
    </Badge>
  );
}
