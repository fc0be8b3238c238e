import { FlaskConical } from "lucide-react";
import { Badge } from "#components/ui/badge.tsx";

/** The demo provider made this answer up, or would. */
export function SimulatedBadge() {
  return (
    <Badge tone="warn" icon={<FlaskConical aria-hidden className="size-3" />}>
      Simulated
    </Badge>
  );
}
