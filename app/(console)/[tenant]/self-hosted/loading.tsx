import { ConnectionsSkeleton } from "#components/connection/connections-skeleton.tsx";
import { PageHeader } from "#components/shell/page-header.tsx";
import { DESCRIPTION } from "./description.ts";

export default function SelfHostedLoading() {
  return (
    <div className="flex flex-col gap-6">
      <PageHeader title="Self-hosted" description={DESCRIPTION} />
      <ConnectionsSkeleton />
    </div>
  );
}
