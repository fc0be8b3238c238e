import { LoadingRegion, Skeleton } from "#components/ui/skeleton.tsx";

export function ResidencySkeleton() {
  return (
    <LoadingRegion label="Loading the residency">
      <div className="flex flex-col gap-6">
        <div className="panel p-4">
          <Skeleton className="h-48" />
        </div>
        <div className="panel p-4">
          <Skeleton className="h-32" />
        </div>
        <div className="panel p-4">
          <Skeleton className="h-32" />
        </div>
      </div>
    </LoadingRegion>
  );
}
