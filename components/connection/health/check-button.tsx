"use client";

import { Activity } from "lucide-react";
import { toast } from "sonner";
import { Button } from "#components/ui/button.tsx";
import { useCheckNow } from "#lib/queries/connections.ts";
import type { ConnectionDto } from "#lib/services/connections/schemas.ts";

/** Asks a server out of turn how it is. */
export function CheckButton({ tenant, connection: { id, name } }: { tenant: string; connection: ConnectionDto }) {
  const check = useCheckNow(tenant);
  const run = () =>
    check.mutate(
      { id },
      {
        onSuccess: ({ own: { health } }) => {
          if (health?.status === "up") toast.success(`${name} is up`);
          else toast.error(`${name} is down`, { description: health?.lastFailure?.problem });
        },
        onError: (error) => toast.error("It was not checked", { description: error.message }),
      },
    );
  return (
    <Button size="small" onClick={run} disabled={check.isPending} focusableWhenDisabled>
      <Activity aria-hidden className="size-3.5" />
      {check.isPending ? "Checking…" : "Check now"}
    </Button>
  );
}
