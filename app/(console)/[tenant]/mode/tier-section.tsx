"use client";

import { useQueryState } from "nuqs";
import { useConsole, useMay } from "#components/shell/console-context.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { RadioCards } from "#components/ui/radio-cards.tsx";
import type { ModeDto } from "#lib/services/mode/schemas.ts";
import { ChainTable } from "./chain-table.tsx";
import { modeSearchParams } from "./search-params.ts";
import { TierChange } from "./tier-change.tsx";
import { TIER_TEXTS, type Tier } from "./tiers.ts";

const READ_ONLY_REASON = "tier-read-only";

/** The choice of a tier: look at one, see what would change, publish it. */
export function TierSection({ tenant, mode }: { tenant: string; mode: ModeDto }) {
  const mayWrite = useMay("mode:write");
  const [looked, setLooked] = useQueryState("tier", modeSearchParams.tier);
  // Who may not change it cannot look at another one either: nothing on the page is then about what is not.
  const chosen: Tier = (mayWrite && looked) || mode.tier;
  const choose = (tier: Tier) => void setLooked(tier === mode.tier ? null : tier);
  const cards = (Object.keys(TIER_TEXTS) as Tier[]).map((tier) => ({
    value: tier,
    ...TIER_TEXTS[tier],
    badge: tier === mode.tier && <Badge>In use</Badge>,
  }));
  return (
    <>
      <section aria-labelledby="tier-heading" className="flex flex-col gap-3">
        <div className="flex flex-col gap-0.5">
          <h2 id="tier-heading" className="font-semibold">
            Tier
          </h2>
          {mayWrite ? (
            <p className="text-ink-muted">
              Choose a tier to see what would change. Nothing changes until you apply it.
            </p>
          ) : (
            <ReadOnlyReason />
          )}
        </div>
        <RadioCards
          label="Tier"
          value={chosen}
          onChange={choose}
          cards={cards}
          isReadOnly={!mayWrite}
          describedBy={mayWrite ? undefined : READ_ONLY_REASON}
        />
      </section>
      {chosen !== mode.tier && (
        <TierChange key={chosen} tenant={tenant} mode={mode} tier={chosen} onLeave={() => void setLooked(null)} />
      )}
      <ChainTable mode={mode} tier={chosen} />
    </>
  );
}

function ReadOnlyReason() {
  const { role } = useConsole();
  return (
    <p id={READ_ONLY_REASON} className="text-ink-muted">
      You can read this but not change it: your role here is {role}, and only owners and admins choose the tier.
    </p>
  );
}
