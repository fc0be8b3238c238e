"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useConsole } from "./console-context.tsx";
import { routeOf } from "./routes.ts";

export function Breadcrumbs() {
  const { tenant, tenants } = useConsole();
  const route = routeOf(tenant, usePathname());
  const tenantName = tenants.find(({ slug }) => slug === tenant)?.name ?? tenant;
  return (
    <nav aria-label="Breadcrumbs" className="min-w-0 flex-1">
      <ol className="flex min-w-0 items-center gap-1.5 text-sm">
        <li className="min-w-0 truncate">
          <Link
            href={`/${tenant}`}
            className="inline-block max-w-full truncate rounded-sm py-0.5 align-bottom text-ink-muted hover:text-ink"
          >
            {tenantName}
          </Link>
        </li>
        {route && (
          <>
            <li aria-hidden className="text-ink-subtle">
              /
            </li>
            <li aria-current="page" className="shrink-0 font-medium">
              {route.title}
            </li>
          </>
        )}
      </ol>
    </nav>
  );
}
