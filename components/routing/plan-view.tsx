import { clsx } from "clsx";
import { ProviderName } from "#components/charts/provider-name.tsx";
import { SimulatedBadge } from "#components/invocation/simulated-badge.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { formatPatience, type PatienceShown } from "#lib/format/patience.ts";
import type { RoutePlanDto } from "#lib/services/route-versions/plans/schemas.ts";
import { FoldedChain } from "./folded-chain.tsx";

type Target = RoutePlanDto["targets"][number];

interface PlanTargetsProps {
  targets: readonly Target[];
  /** `first` folds the fallbacks away. */
  shows?: "first" | "all";
  /** What a target's chain says of its patience; for where not everything is said of each. */
  ownPatience?: OwnPatience;
}

type OwnPatience = (target: Target) => PatienceShown;

/** Where a request would go, in order. */
export function PlanTargets({ targets, shows = "all", ownPatience }: PlanTargetsProps) {
  if (targets.length === 0) return <p className="font-medium text-bad">No route: a call would be refused.</p>;
  if (shows === "all") return <TargetList targets={targets} from={1} hasDetails />;
  return (
    <FoldedChain targets={targets}>
      {(some, from) => <TargetList targets={some} from={from} ownPatience={ownPatience} />}
    </FoldedChain>
  );
}

interface TargetListProps {
  targets: readonly Target[];
  from: number;
  hasDetails?: boolean;
  ownPatience?: OwnPatience;
}

function TargetList({ targets, from, hasDetails = false, ownPatience }: TargetListProps) {
  return (
    <ol start={from} className={clsx("flex flex-col py-1", hasDetails ? "gap-3" : "gap-1.5")}>
      {targets.map((target, index) => (
        // One account can serve the same model twice: the demo provider stands in for all of them.
        // biome-ignore lint/suspicious/noArrayIndexKey: the place is what tells them apart
        <li key={`${index} ${target.connectionId} ${target.model}`} className="flex gap-x-3">
          <span aria-hidden className="figures w-3 shrink-0 text-ink-subtle">
            {from + index}
          </span>
          <span className="flex min-w-0 flex-col gap-0.5">
            <span className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
              <ProviderName provider={target.provider} />
              <span title={target.model}>{target.modelName}</span>
              {target.owner === "tenant" && <Badge>{target.connectionName}</Badge>}
              {target.isSimulated && <SimulatedBadge />}
            </span>
            <span className="text-xs text-ink-subtle first-letter:uppercase">{target.reason}</span>
            {hasDetails && <TargetDetails target={target} />}
            {ownPatience && <PatienceLine patience={ownPatience(target)} />}
          </span>
        </li>
      ))}
    </ol>
  );
}

function TargetDetails({ target }: { target: Target }) {
  return (
    <>
      <span className="text-xs text-ink-subtle">
        <span className="figures">{target.host}</span>
        {", "}
        {target.regions.length === 0 ? "region not known" : target.regions.join(", ")}
        {", "}
        {target.owner === "tenant" ? "your account" : "the platform’s account"}
        {", "}
        {target.via === "native" ? "request passed as it came" : "request translated"}
      </span>
      <PatienceLine patience={target.patience} />
    </>
  );
}

function PatienceLine({ patience }: { patience: PatienceShown }) {
  const text = formatPatience(patience);
  return text === "" ? null : <span className="text-xs text-ink-subtle">Gets {text}.</span>;
}

/** What the plan passes over, and why. */
export function PlanExcluded({ excluded }: { excluded: RoutePlanDto["excluded"] }) {
  return (
    <ul className="flex flex-col gap-1.5 py-1">
      {excluded.map(({ provider, model, modelName, reason }) => (
        <li key={`${provider}/${model} ${reason}`} className="flex flex-col gap-0.5">
          <span className="flex flex-wrap items-center gap-x-2">
            <ProviderName provider={provider} />
            <span title={model}>{modelName}</span>
          </span>
          <span className="text-xs text-ink-subtle">{reason}</span>
        </li>
      ))}
    </ul>
  );
}
