import { LoadingRegion, Skeleton } from "#components/ui/skeleton.tsx";

const ROWS = ["a", "b", "c", "d", "e", "f", "g", "h"];

export function RoutingSkeleton() {
  return (
    <LoadingRegion label="Loading the routing">
      <div className="flex flex-col gap-6">
        <div className="panel p-4">
          <Skeleton className="h-12" />
        </div>
        <Skeleton className="h-7 w-64" />
        <div className="panel divide-y">
          {ROWS.map((row) => (
            <div key={row} className="p-3">
              <Skeleton className="h-10" />
            </div>
          ))}
        </div>
      </div>
    </LoadingRegion>
  );
}
