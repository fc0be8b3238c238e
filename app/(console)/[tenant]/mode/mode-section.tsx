"use client";

import { useQueryState } from "nuqs";
import { MODE_TEXTS, type Mode } from "#components/routing/mode-texts.ts";
import { useConsole, useMay } from "#components/shell/console-context.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { RadioCards } from "#components/ui/radio-cards.tsx";
import { type ModeDto, modeSchema } from "#lib/services/mode/schemas.ts";
import { FilterSection } from "./filter-section.tsx";
import { ModeChange } from "./mode-change.tsx";
import { OwnModeSection } from "./own-mode-section.tsx";
import { PublishedLine } from "./published-line.tsx";
import { modeSearchParams } from "./search-params.ts";
import { TierSection } from "./tier-section.tsx";

const READ_ONLY_REASON = "mode-read-only";

/** The choice of a mode: look at one, see what it would mean, publish it. Below it, what the one in use leaves to choose. */
export function ModeSection({ tenant, mode }: { tenant: string; mode: ModeDto }) {
  const mayWrite = useMay("mode:write");
  const { role } = useConsole();
  const [looked, setLooked] = useQueryState("mode", modeSearchParams.mode);
  const chosen: Mode = (mayWrite && looked) || mode.mode;
  const choose = (next: Mode) => void setLooked(next === mode.mode ? null : next);
  const cards = modeSchema.shape.mode.options.map((value) => ({
    value,
    title: MODE_TEXTS[value].title,
    badge: value === mode.mode && <Badge>In use</Badge>,
    description: <Meaning mode={value} />,
  }));
  return (
    <>
      <section aria-labelledby="mode-heading" className="flex flex-col gap-3">
        <div className="flex flex-col gap-0.5">
          <h2 id="mode-heading" className="font-semibold">
            Who runs the models
          </h2>
          {mayWrite ? (
            <p className="text-ink-muted">
              Choose a mode to see what it would mean. Nothing changes until you publish it.
            </p>
          ) : (
            <p id={READ_ONLY_REASON} className="text-ink-muted">
              You can read this but not change it: your role here is {role}, and only owners and admins choose the mode.
            </p>
          )}
        </div>
        <RadioCards
          label="Mode"
          value={chosen}
          onChange={choose}
          cards={cards}
          isReadOnly={!mayWrite}
          describedBy={mayWrite ? undefined : READ_ONLY_REASON}
        />
        <PublishedLine mode={mode} />
      </section>
      {chosen === mode.mode ? (
        <>
          {mode.mode === "platform-managed" ? (
            <TierSection tenant={tenant} mode={mode} />
          ) : (
            <OwnModeSection tenant={tenant} mode={mode} />
          )}
          <FilterSection tenant={tenant} mode={mode} />
        </>
      ) : (
        <ModeChange key={chosen} tenant={tenant} mode={mode} to={chosen} onLeave={() => void setLooked(null)} />
      )}
    </>
  );
}

function Meaning({ mode }: { mode: Mode }) {
  const { summary, cost, keys, data } = MODE_TEXTS[mode];
  return (
    <span className="flex flex-col gap-2">
      <span>{summary}</span>
      {[
        ["Cost", cost],
        ["Keys", keys],
        ["Data", data],
      ].map(([label, text]) => (
        <span key={label}>
          <span className="font-medium text-ink">{label}: </span>
          {text}
        </span>
      ))}
    </span>
  );
}
