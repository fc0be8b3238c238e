import { clsx } from "clsx";
import { Check, Minus, X } from "lucide-react";
import { formatDuration } from "#lib/format/duration.ts";
import type { TestStepDto } from "#lib/services/connections/tests/schemas.ts";

const TITLES: Readonly<Record<TestStepDto["step"], string>> = {
  address: "Address",
  tls: "TLS",
  "sign-in": "Sign-in",
  models: "Models",
  completion: "One completion",
  stream: "Stream",
};

const LOOKS = {
  passed: { word: "passed", Icon: Check, frame: "bg-good-soft text-good" },
  failed: { word: "failed", Icon: X, frame: "bg-bad-soft text-bad" },
  skipped: { word: "not tried", Icon: Minus, frame: "bg-sunken text-ink-subtle" },
} as const;

/** Said of a step that an earlier one kept from being tried: the word beside its title says that already. */
const NOTHING_TO_SAY = "Not tried.";

/** What a test tried, in order: how each step went, how long it took, and what mends a failure. */
export function TestSteps({ steps }: { steps: readonly TestStepDto[] }) {
  return (
    <ol aria-label="Steps of the test" className="flex flex-col">
      {steps.map((step) => (
        <Step key={step.step} step={step} />
      ))}
    </ol>
  );
}

function Step({ step: { step, status, ms, message } }: { step: TestStepDto }) {
  const { word, Icon, frame } = LOOKS[status];
  return (
    <li className="flex gap-3 border-b py-2 last:border-b-0">
      <span aria-hidden className={clsx("mt-0.5 grid size-5 shrink-0 place-items-center rounded-full", frame)}>
        <Icon className="size-3" />
      </span>
      <div className="flex min-w-0 flex-1 flex-col">
        <p className="flex items-baseline justify-between gap-3">
          <span>
            <span className={clsx("font-medium", status === "skipped" && "text-ink-muted")}>{TITLES[step]}</span>{" "}
            <span className={clsx("ml-1 text-xs", status === "failed" ? "text-bad" : "text-ink-subtle")}>{word}</span>
          </span>
          {ms !== null && <span className="figures shrink-0 text-xs text-ink-muted">{formatDuration(ms)}</span>}
        </p>
        <p
          hidden={message === NOTHING_TO_SAY}
          className={clsx(
            "text-sm break-words",
            status === "failed" ? "text-ink" : status === "skipped" ? "text-ink-subtle" : "text-ink-muted",
          )}
        >
          {message}
        </p>
      </div>
    </li>
  );
}
