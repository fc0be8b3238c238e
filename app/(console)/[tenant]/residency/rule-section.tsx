"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { toast } from "sonner";
import { Notice } from "#components/feedback/notice.tsx";
import { PublishForm } from "#components/routing/publish-form.tsx";
import { isConflict } from "#components/routing/refusal.tsx";
import { useConsole, useMay } from "#components/shell/console-context.tsx";
import { Button } from "#components/ui/button.tsx";
import { Switch } from "#components/ui/switch.tsx";
import { formatDateTime } from "#lib/format/time.ts";
import { ApiError } from "#lib/queries/api-error.ts";
import { residencyOptions, useChangeResidency } from "#lib/queries/residency.ts";
import type { ResidencyDto } from "#lib/services/residency/schemas.ts";
import { PlaceList } from "./place-list.tsx";

type Places = NonNullable<ResidencyDto["residency"]>;

const NOWHERE: Places = { regions: [], hosts: [] };

/** Which regions and hosts calls may go to. In force at once, as a route version. */
export function RuleSection({ tenant, rule }: { tenant: string; rule: ResidencyDto }) {
  const mayWrite = useMay("residency:write");
  const { role } = useConsole();
  const [isRestricted, setIsRestricted] = useState(rule.residency !== null);
  const [places, setPlaces] = useState<Places>(rule.residency ?? NOWHERE);
  const change = useChangeResidency(tenant);
  const next = isRestricted ? places : null;
  const isChanged = JSON.stringify(next) !== JSON.stringify(rule.residency);
  const isNowhere = isRestricted && places.regions.length === 0 && places.hosts.length === 0;
  const reset = () => {
    setIsRestricted(rule.residency !== null);
    setPlaces(rule.residency ?? NOWHERE);
    change.reset();
  };
  const publish = (note: string) =>
    change.mutate(
      { residency: next, routeVersion: rule.routeVersion, note },
      {
        onSuccess: ({ routeVersion }) =>
          toast.success(`The rule is in force as version ${routeVersion}`, {
            description: "The next call already keeps to it.",
          }),
      },
    );
  return (
    <section aria-labelledby="rule-heading" className="panel flex flex-col gap-4 p-4">
      <div className="flex flex-col gap-0.5">
        <h2 id="rule-heading" className="font-semibold">
          Where calls may go
        </h2>
        <p className="text-sm text-ink-muted">
          In force with route version <span className="figures text-ink">{rule.routeVersion}</span>, published by{" "}
          <span className="text-ink">{rule.publishedBy}</span> on{" "}
          <span className="figures">{formatDateTime(rule.publishedAt)}</span>
        </p>
        {!mayWrite && (
          <p className="text-sm text-ink-muted">
            You can read this but not change it: your role here is {role}, and only owners and admins change the rule.
          </p>
        )}
      </div>
      <Switch
        label="Keep calls inside places that are named here"
        description="Off, a call may go wherever its chain leads. On, a target whose host is not listed, and whose regions are unknown or not all listed, is passed over, and its address refused when the connection is made."
        isOn={isRestricted}
        onChange={setIsRestricted}
        isReadOnly={!mayWrite}
      />
      {isRestricted && (
        <div className="grid gap-4 md:grid-cols-2">
          <PlaceList
            label="Regions"
            one="region"
            hint="In the provider’s own names, such as eu-central-1 or swedencentral."
            places={places.regions}
            suggestions={rule.knownRegions}
            isReadOnly={!mayWrite}
            error={fieldError(change.error, "residency.regions")}
            onChange={(regions) => setPlaces({ ...places, regions })}
          />
          <PlaceList
            label="Hosts"
            one="host"
            hint="A name or an address without port or path, such as gpu.internal."
            places={places.hosts}
            suggestions={[...new Set(rule.places.map(({ host }) => host))].sort()}
            isReadOnly={!mayWrite}
            error={fieldError(change.error, "residency.hosts")}
            onChange={(hosts) => setPlaces({ ...places, hosts })}
          />
        </div>
      )}
      {isNowhere && (
        <Notice tone="warn" title="No place is named: no call could go anywhere">
          <p>Name a region or a host, or every call is refused while this is in force.</p>
        </Notice>
      )}
      {mayWrite && isChanged && !isConflict(change.error) && (
        <PublishForm action="Put in force" error={change.error} isPending={change.isPending} onPublish={publish}>
          <Button onClick={reset}>Leave it as it is</Button>
        </PublishForm>
      )}
      {isConflict(change.error) && <Conflict tenant={tenant} message={change.error?.message ?? ""} onReset={reset} />}
    </section>
  );
}

function Conflict({ tenant, message, onReset }: { tenant: string; message: string; onReset: () => void }) {
  const client = useQueryClient();
  const reload = async () => {
    await client.invalidateQueries({ queryKey: residencyOptions(tenant).queryKey });
    onReset();
  };
  return (
    <Notice
      tone="warn"
      role="alert"
      title="Somebody else published another version meanwhile"
      actions={<Button onClick={() => void reload()}>Reload</Button>}
    >
      <p>{message} Your change has not been applied.</p>
    </Notice>
  );
}

/** Of a list, or of one of its places: `residency.regions`, `residency.regions.1`. */
function fieldError(error: Error | null, field: string): string | undefined {
  if (!(error instanceof ApiError)) return undefined;
  return Object.entries(error.fields).find(([name]) => name === field || name.startsWith(`${field}.`))?.[1];
}
