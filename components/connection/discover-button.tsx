"use client";

import { RotateCw } from "lucide-react";
import { toast } from "sonner";
import { Button } from "#components/ui/button.tsx";
import { useDiscoverModels } from "#lib/queries/connections.ts";
import type { ConnectionDto } from "#lib/services/connections/schemas.ts";
import { countModels } from "./count-models.ts";

/** Asks the account again which models it has. */
export function DiscoverButton({ tenant, connection }: { tenant: string; connection: ConnectionDto }) {
  const discover = useDiscoverModels(tenant);
  const hasModels = (connection.own?.models.length ?? 0) > 0;
  const run = () =>
    discover.mutate(
      { id: connection.id },
      {
        onSuccess: ({ own }) => toast.success(`${connection.name} has ${countModels(own.models.length)}`),
        onError: (error) => toast.error("The models could not be discovered", { description: error.message }),
      },
    );
  return (
    <Button size="small" onClick={run} disabled={discover.isPending} focusableWhenDisabled>
      <RotateCw aria-hidden className="size-3.5" />
      {discover.isPending ? "Asking…" : hasModels ? "Discover again" : "Discover models"}
    </Button>
  );
}
