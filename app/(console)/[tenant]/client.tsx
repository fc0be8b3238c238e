"use client";

import { useQuery } from "@tanstack/react-query";
import { useQueryState } from "nuqs";
import { useConsole, useMay } from "#components/shell/console-context.tsx";
import { PageHeader } from "#components/shell/page-header.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { invocationsOptions } from "#lib/queries/invocations.ts";
import { modeOptions } from "#lib/queries/mode.ts";
import { usageOptions } from "#lib/queries/usage.ts";
import { RANGES } from "#lib/services/usage/schemas.ts";
import { FirstCall } from "./_overview/first-call.tsx";
import { LatestInvocations } from "./_overview/latest-invocations.tsx";
import { RestingNotice } from "./_overview/resting-notice.tsx";
import { SimulatedNotice } from "./_overview/simulated-notice.tsx";
import { StaleNotice } from "./_overview/stale-notice.tsx";
import { UsageSection } from "./_overview/usage-section.tsx";
import { overviewSearchParams } from "./search-params.ts";

const RANGE_OPTIONS = RANGES.map((value) => ({ value, label: value }));

export function OverviewClient({ tenant }: { tenant: string }) {
  const [range, setRange] = useQueryState("range", overviewSearchParams.range);
  const { role } = useConsole();
  const mayReadInvocations = useMay("invocation:read");
  const usage = useQuery(usageOptions(tenant, range));
  const mode = useQuery(modeOptions(tenant));
  const latest = useQuery({ ...invocationsOptions(tenant, null), enabled: mayReadInvocations });

  const hasUsage = usage.data ? usage.data.totals.requests + usage.data.previous.requests > 0 : undefined;
  const hasInvocations = mayReadInvocations ? latest.data && latest.data.data.length > 0 : false;
  const renewalError = (usage.data && usage.error) || (latest.data && latest.error);
  const isNothingYet = hasUsage === false && hasInvocations === false;
  return (
    <div className="flex flex-col gap-6">
      <PageHeader
        title="Overview"
        description="What this tenant’s features asked for, who answered, and what it cost. Times are UTC."
        actions={<Segmented label="Range" value={range} onChange={setRange} options={RANGE_OPTIONS} />}
      />
      {mode.data?.isSimulated && <SimulatedNotice mode={mode.data} />}
      <RestingNotice tenant={tenant} />
      {renewalError && <StaleNotice error={renewalError} />}
      {isNothingYet ? (
        <FirstCall functionSlug={mode.data?.functions[0]?.slug ?? "email-classification"} />
      ) : (
        <UsageSection query={usage} />
      )}
      {!isNothingYet && mayReadInvocations && <LatestInvocations tenant={tenant} />}
      {!mayReadInvocations && (
        <p className="text-sm text-ink-muted">Single invocations are not shown to your role here, {role}.</p>
      )}
    </div>
  );
}
