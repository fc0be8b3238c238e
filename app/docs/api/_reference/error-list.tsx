import type { ListedError } from "#lib/api-description/reference/list-errors.ts";
import { InlineText } from "./rich-text.tsx";

/** Status, code, and when it comes. */
export function ErrorList({ errors }: { errors: readonly ListedError[] }) {
  return (
    <dl className="divide-y border-y">
      {errors.map(({ status, code, when }) => (
        <div key={code} className="flex flex-col gap-0.5 py-2 text-sm">
          <dt className="figures">
            {status} <span className="font-medium">{code}</span>
          </dt>
          <dd className="max-w-prose text-ink-muted">
            <InlineText text={when} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
