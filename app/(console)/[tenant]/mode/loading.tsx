import { PageHeader } from "#components/shell/page-header.tsx";
import { ModeSkeleton } from "./mode-skeleton.tsx";

export default function ModeLoading() {
  return (
    <div className="flex flex-col gap-6">
      <PageHeader title="Mode" description="Who runs this tenant’s models, and which model each function gets." />
      <ModeSkeleton />
    </div>
  );
}
