import { Notice } from "#components/feedback/notice.tsx";
import type { HealthDto } from "#lib/services/connections/health/schemas.ts";
import { describeUse } from "../describe-use.ts";

type GoneModel = HealthDto["goneModels"][number];

/** What a server has got or lost since its models were discovered: above all what a chain still goes to it for. */
export function ModelChanges({ health: { newModels, goneModels } }: { health: HealthDto }) {
  if (newModels.length === 0 && goneModels.length === 0) return null;
  const isMissed = goneModels.some(isUsed);
  return (
    <Notice tone={isMissed ? "bad" : "info"} title={isMissed ? "Models in use are gone" : "Its models have changed"}>
      <ul className="flex flex-col gap-1">
        {goneModels.map((model) => (
          <li key={model.id}>
            <span className="figures break-all text-ink">{model.id}</span> is no longer there
            {isUsed(model) && <>: {describeUse(model)} would call it</>}.
          </li>
        ))}
        {newModels.map((id) => (
          <li key={id}>
            <span className="figures break-all text-ink">{id}</span> is new.
          </li>
        ))}
      </ul>
      <p className="mt-1">
        {isMissed && "Load what is missing again, or take it out of the chain. "}
        Discovering takes over what the server has now.
      </p>
    </Notice>
  );
}

function isUsed({ functions, isInDefaultChain }: GoneModel): boolean {
  return isInDefaultChain || functions.length > 0;
}
