import { LoadingRegion, Skeleton } from "#components/ui/skeleton.tsx";

const TILES = ["requests", "errors", "tokens", "cost", "latency"];
const ROWS = ["a", "b", "c", "d", "e", "f"];

/** The figures and the chart before they are there. */
export function UsageSkeleton() {
  return (
    <LoadingRegion label="Loading the usage">
      <div className="flex flex-col gap-6">
        <div className="grid grid-cols-2 gap-3 md:grid-cols-3 xl:grid-cols-5">
          {TILES.map((tile) => (
            <div key={tile} className="panel flex flex-col gap-2 p-4">
              <Skeleton className="h-4 w-20" />
              <Skeleton className="h-6 w-28" />
              <Skeleton className="h-3 w-32" />
            </div>
          ))}
        </div>
        <div className="flex flex-col gap-3">
          <Skeleton className="h-7 w-48" />
          <div className="panel p-4">
            <Skeleton className="h-68" />
          </div>
        </div>
      </div>
    </LoadingRegion>
  );
}

/** A table before its rows are there. */
export function TableSkeleton() {
  return (
    <LoadingRegion label="Loading the table">
      <div className="panel divide-y">
        <div className="h-9" />
        {ROWS.map((row) => (
          <div key={row} className="flex h-9 items-center px-3">
            <Skeleton className="h-4 w-full" />
          </div>
        ))}
      </div>
    </LoadingRegion>
  );
}
