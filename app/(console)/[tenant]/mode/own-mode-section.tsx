import Link from "next/link";
import { Badge } from "#components/ui/badge.tsx";
import { buttonClass } from "#components/ui/button.tsx";
import type { ModeDto } from "#lib/services/mode/schemas.ts";

/** In the tenant's own modes chains decide, not tiers: where those are. */
export function OwnModeSection({ tenant, mode }: { tenant: string; mode: ModeDto }) {
  const isSelfHosted = mode.mode === "self-hosted";
  return (
    <section aria-labelledby="own-heading" className="panel flex flex-col items-start gap-3 p-4">
      <h2 id="own-heading" className="font-semibold">
        Your chains decide
      </h2>
      <p className="max-w-prose text-sm text-ink-muted">
        {isSelfHosted
          ? "Calls go to your own servers, by the chains on the Routing page. There is no fallback to a cloud, whatever is set elsewhere."
          : "Calls go to your own connections, by the chains on the Routing page: one for all functions, and others for single ones."}
      </p>
      {!isSelfHosted && (
        <p className="flex flex-wrap items-center gap-2 text-sm text-ink-muted">
          Platform’s accounts as the last fallback:
          <Badge>{mode.hasPlatformFallback ? "On" : "Off"}</Badge>
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        <Link className={buttonClass()} href={`/${tenant}/routing`}>
          Open Routing
        </Link>
        <Link className={buttonClass()} href={`/${tenant}/${isSelfHosted ? "self-hosted" : "connections"}`}>
          {isSelfHosted ? "Open Self-hosted" : "Open Connections"}
        </Link>
      </div>
    </section>
  );
}
