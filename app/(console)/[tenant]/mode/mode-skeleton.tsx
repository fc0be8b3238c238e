import { LoadingRegion, Skeleton } from "#components/ui/skeleton.tsx";

const CARDS = ["platform", "own", "self-hosted"];
const ROWS = ["a", "b", "c", "d", "e", "f", "g", "h"];

export function ModeSkeleton() {
  return (
    <LoadingRegion label="Loading the mode">
      <div className="flex flex-col gap-6">
        <div className="grid gap-3 md:grid-cols-3">
          {CARDS.map((card) => (
            <div key={card} className="panel p-4">
              <Skeleton className="h-48" />
            </div>
          ))}
        </div>
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
