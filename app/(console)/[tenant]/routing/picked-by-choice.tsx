import { Segmented } from "#components/ui/segmented.tsx";
import type { Tier } from "./edit-config.ts";

interface PickedByChoiceProps {
  isTiered: boolean;
  /** The function's own; null: that of all functions. */
  tier: Tier | null;
  tierOfAll: Tier;
  hasOwnChain: boolean;
  onTier: (tier: Tier | null) => void;
  onOwnChain: (isOwn: boolean) => void;
}

/** Who picks a function's models: a tier where the platform does, a chain in the tenant's own modes. */
export function PickedByChoice({ isTiered, tier, tierOfAll, hasOwnChain, onTier, onOwnChain }: PickedByChoiceProps) {
  if (!isTiered) {
    return (
      <div className="flex flex-col items-start gap-1.5">
        <p className="text-sm font-medium">Which chain serves it</p>
        <Segmented
          label="Which chain serves it"
          value={hasOwnChain ? "own" : "default"}
          onChange={(value) => onOwnChain(value === "own")}
          options={[
            { value: "default", label: "Default chain" },
            { value: "own", label: "A chain of its own" },
          ]}
        />
      </div>
    );
  }
  return (
    <div className="flex flex-col items-start gap-1.5">
      <p className="text-sm font-medium">Which tier picks its models</p>
      <Segmented
        label="Which tier picks its models"
        value={tier ?? "all"}
        onChange={(value) => onTier(value === "all" ? null : value)}
        options={[
          { value: "all", label: "As all functions" },
          { value: "performance", label: "Performance" },
          { value: "balanced", label: "Balanced" },
          { value: "economy", label: "Economy" },
        ]}
      />
      <p className="text-xs text-ink-subtle">The tier of all functions is {tierOfAll}.</p>
    </div>
  );
}
