import { PageHeader } from "#components/shell/page-header.tsx";
import { ResidencySkeleton } from "./residency-skeleton.tsx";
import { RESIDENCY_DESCRIPTION } from "./texts.ts";

export default function ResidencyLoading() {
  return (
    <div className="flex flex-col gap-6">
      <PageHeader title="Residency" description={RESIDENCY_DESCRIPTION} />
      <ResidencySkeleton />
    </div>
  );
}
