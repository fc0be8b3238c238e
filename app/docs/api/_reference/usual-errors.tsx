import { type ListedError, listUsualErrors } from "#lib/api-description/reference/list-errors.ts";
import type { ReferenceGroup } from "#lib/api-description/reference/reference.ts";
import { ErrorList } from "./error-list.tsx";
import { SchemaLink } from "./field-list.tsx";

const CALLS = "calls";

/** What an error means wherever an operation says nothing else of it. */
export function UsualErrors({ groups }: { groups: readonly ReferenceGroup[] }) {
  const ofCalls = groups.filter(({ slug }) => slug === CALLS);
  const ofOthers = groups.filter(({ slug }) => slug !== CALLS);
  return (
    <>
      <Part id="errors" title="Errors of the management API" errors={listUsualErrors(ofOthers)} shapes={["Error"]} />
      <Part
        id="call-errors"
        title="Errors of calls"
        errors={listUsualErrors(ofCalls)}
        shapes={["OpenAiError", "AnthropicError"]}
      />
    </>
  );
}

interface PartProps {
  id: string;
  title: string;
  errors: readonly ListedError[];
  shapes: readonly string[];
}

function Part({ id, title, errors, shapes }: PartProps) {
  return (
    <section id={id} aria-label={title} className="flex max-w-3xl flex-col gap-2">
      <h2 className="text-lg font-semibold">{title}</h2>
      <p className="text-sm text-ink-muted">
        In the shape of{" "}
        {shapes.map((name, at) => (
          <span key={name}>
            {at > 0 && " or "}
            <SchemaLink name={name} />
          </span>
        ))}
        .
      </p>
      <ErrorList errors={errors} />
    </section>
  );
}
