import { PageHeader } from "#components/shell/page-header.tsx";
import { TableSkeleton, UsageSkeleton } from "./_overview/skeletons.tsx";

export default function OverviewLoading() {
  return (
    <div className="flex flex-col gap-6">
      <PageHeader
        title="Overview"
        description="What this tenant’s features asked for, who answered, and what it cost. Times are UTC."
      />
      <UsageSkeleton />
      <TableSkeleton />
    </div>
  );
}
