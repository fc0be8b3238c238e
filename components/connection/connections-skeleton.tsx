import { LoadingRegion, Skeleton } from "#components/ui/skeleton.tsx";

const ROWS = ["a", "b", "c", "d"];

/** The table of connections, before it is known what is in it. */
export function ConnectionsSkeleton() {
  return (
    <LoadingRegion label="Loading the connections">
      <div className="panel divide-y">
        {ROWS.map((row) => (
          <div key={row} className="px-3 py-2">
            <Skeleton className="h-6" />
          </div>
        ))}
      </div>
    </LoadingRegion>
  );
}
