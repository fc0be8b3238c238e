import { formatCompact } from "#lib/format/numbers.ts";
import type { ConnectionDto } from "#lib/services/connections/schemas.ts";

type Models = NonNullable<ConnectionDto["own"]>["models"];

/** The models that a server said it has. */
export function ModelList({ models }: { models: Models }) {
  return (
    <ul className="flex max-h-56 flex-col divide-y overflow-y-auto" aria-label="Models">
      {models.map(({ id, contextTokens }) => (
        <li key={id} className="flex justify-between gap-3 py-1 text-sm">
          <span className="figures min-w-0 break-all">{id}</span>
          {contextTokens !== null && (
            <span className="shrink-0 text-xs text-ink-muted">
              <span className="figures">{formatCompact(contextTokens)}</span> context
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
