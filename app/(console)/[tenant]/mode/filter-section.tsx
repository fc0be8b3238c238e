"use client";

import { toast } from "sonner";
import { useMay } from "#components/shell/console-context.tsx";
import { Switch } from "#components/ui/switch.tsx";
import { useChangeMode } from "#lib/queries/mode.ts";
import type { ModeDto } from "#lib/services/mode/schemas.ts";

/** Whether another model is asked what a content filter refused: published at once, like the tier. */
export function FilterSection({ tenant, mode }: { tenant: string; mode: ModeDto }) {
  const mayWrite = useMay("mode:write");
  const change = useChangeMode(tenant);
  const isOn = change.isPending ? (change.variables.canRetryFiltered ?? mode.canRetryFiltered) : mode.canRetryFiltered;
  const publish = (canRetryFiltered: boolean) =>
    change.mutate(
      {
        canRetryFiltered,
        routeVersion: mode.routeVersion,
        note: `Content filters: ${canRetryFiltered ? "ask on" : "stop"}`,
      },
      {
        onSuccess: (applied) => toast.success(`Published as version ${applied.routeVersion}`),
        onError: (error) => toast.error("The setting was not changed", { description: error.message }),
      },
    );
  return (
    <section aria-labelledby="filter-heading" className="panel flex flex-col gap-3 p-4">
      <h2 id="filter-heading" className="font-semibold">
        Content filters
      </h2>
      <Switch
        label="Ask the next model when one’s content filter refuses"
        description="Off, a refusal ends the call with the provider’s own reason. On, the call goes to the next target of its chain, which may judge otherwise."
        isOn={isOn}
        onChange={publish}
        isReadOnly={!mayWrite || change.isPending}
      />
    </section>
  );
}
