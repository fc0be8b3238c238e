import { PageHeader } from "#components/shell/page-header.tsx";
import { RoutingSkeleton } from "./routing-skeleton.tsx";
import { ROUTING_DESCRIPTION } from "./texts.ts";

export default function RoutingLoading() {
  return (
    <div className="flex flex-col gap-6">
      <PageHeader title="Routing" description={ROUTING_DESCRIPTION} />
      <RoutingSkeleton />
    </div>
  );
}
