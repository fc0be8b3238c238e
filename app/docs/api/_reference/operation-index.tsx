import Link from "next/link";
import type { ContentsGroup } from "./filter-contents.ts";
import { MethodBadge } from "./method-badge.tsx";

/** Every operation by name. */
export function OperationIndex({ groups }: { groups: readonly ContentsGroup[] }) {
  return (
    <section aria-labelledby="operations" className="flex flex-col gap-4">
      <h2 id="operations" className="text-lg font-semibold">
        Operations
      </h2>
      <div className="grid gap-4 md:grid-cols-2 2xl:grid-cols-3">
        {groups.map(({ title, path, entries }) => (
          <section key={path} aria-label={title} className="panel flex flex-col gap-2 p-4">
            <h3 className="font-semibold">
              <Link href={path} prefetch={false} className="hover:underline">
                {title}
              </Link>
            </h3>
            <ul className="flex flex-col gap-1">
              {entries.map((entry) => (
                <li key={entry.id}>
                  <Link
                    href={entry.path}
                    prefetch={false}
                    className="flex min-h-6 items-center justify-between gap-2 rounded-sm text-ink-muted hover:text-ink hover:underline"
                  >
                    {entry.title}
                    <MethodBadge method={entry.method} />
                  </Link>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </section>
  );
}
