import type { Problem } from "#components/routing/problems.tsx";

/** What is wrong with a chain or a target, beside it. */
export function ProblemsBeside({ problems }: { problems: readonly Problem[] }) {
  return problems.map(({ severity, message }) => (
    <p key={message} className={severity === "error" ? "text-sm text-bad" : "text-sm text-warn"}>
      <span className="font-medium">{severity === "error" ? "Problem: " : "Note: "}</span>
      {message}
    </p>
  ));
}
