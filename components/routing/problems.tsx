import { Notice } from "#components/feedback/notice.tsx";
import type { RouteDraftDto } from "#lib/services/route-versions/schemas.ts";

export type Problem = RouteDraftDto["problems"][number];

/** What keeps a configuration from being published, and what does not but is worth knowing. */
export function Problems({ problems }: { problems: readonly Problem[] }) {
  const errors = problems.filter(({ severity }) => severity === "error");
  const warnings = problems.filter(({ severity }) => severity === "warning");
  return (
    <div aria-live="polite" className="flex flex-col gap-3 empty:hidden">
      {errors.length > 0 && (
        <Notice
          tone="bad"
          title={errors.length === 1 ? "One problem blocks this" : `${errors.length} problems block this`}
        >
          <ProblemLines problems={errors} />
        </Notice>
      )}
      {warnings.length > 0 && (
        <Notice tone="warn" title={warnings.length === 1 ? "One thing to know" : `${warnings.length} things to know`}>
          <ProblemLines problems={warnings} />
        </Notice>
      )}
    </div>
  );
}

function ProblemLines({ problems }: { problems: readonly Problem[] }) {
  return (
    <ul className="flex flex-col gap-1">
      {problems.map(({ field, message }) => (
        <li key={`${field} ${message}`}>{message}</li>
      ))}
    </ul>
  );
}

export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some(({ severity }) => severity === "error");
}
