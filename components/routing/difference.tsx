import type { DraftDifferenceDto } from "#lib/services/route-versions/schemas.ts";

/** What a publication changes, in words, grouped by function. */
export function Difference({ groups }: { groups: DraftDifferenceDto["groups"] }) {
  if (groups.length === 0) return <p className="text-ink-muted">Nothing changes about the version in force.</p>;
  return (
    <dl className="panel divide-y">
      {groups.map(({ functionSlug, title, sentences }) => (
        <div key={functionSlug ?? title} className="flex flex-col gap-1 p-3">
          <dt className="text-sm font-medium">{title}</dt>
          {sentences.map((sentence) => (
            <dd key={sentence} className="text-sm text-ink-muted">
              {sentence}
            </dd>
          ))}
        </div>
      ))}
    </dl>
  );
}
