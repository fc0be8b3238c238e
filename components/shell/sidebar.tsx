"use client";

import { clsx } from "clsx";
import { PanelLeftClose, PanelLeftOpen } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { Button } from "#components/ui/button.tsx";
import { Tooltip } from "#components/ui/tooltip.tsx";
import { useConsole } from "./console-context.tsx";
import { type Route, routeOf, routePath, routesFor } from "./routes.ts";
import { TenantSwitcher } from "./tenant-switcher.tsx";
import { UserMenu } from "./user-menu.tsx";

/** The menu beside the page, from tablets up. Folds to its icons. */
export function Sidebar({ isFolded, onToggle }: { isFolded: boolean; onToggle: () => void }) {
  const label = isFolded ? "Unfold the sidebar" : "Fold the sidebar";
  return (
    <div
      className={clsx(
        "sticky top-0 flex h-dvh shrink-0 flex-col border-r bg-surface max-md:hidden",
        isFolded ? "w-sidebar-folded" : "w-sidebar",
      )}
    >
      <SidebarContent isFolded={isFolded} />
      <div className={clsx("flex border-t p-2", isFolded ? "justify-center" : "justify-end")}>
        <Tooltip label={label} side="right">
          <Button variant="quiet" size="icon" aria-label={label} aria-expanded={!isFolded} onClick={onToggle}>
            {isFolded ? (
              <PanelLeftOpen aria-hidden className="size-4" />
            ) : (
              <PanelLeftClose aria-hidden className="size-4" />
            )}
          </Button>
        </Tooltip>
      </div>
    </div>
  );
}

interface SidebarContentProps {
  isFolded: boolean;
  onNavigate?: () => void;
}

/** Tenant on top, pages in between, the person at the bottom. */
export function SidebarContent({ isFolded, onNavigate }: SidebarContentProps) {
  const { tenant, role } = useConsole();
  const current = routeOf(tenant, usePathname());
  return (
    <>
      <div className="flex h-header shrink-0 items-center border-b px-2">
        <TenantSwitcher isFolded={isFolded} />
      </div>
      <nav aria-label="Pages" className="flex-1 overflow-y-auto p-2">
        <ul className="flex flex-col gap-0.5">
          {routesFor(role).map((route) => (
            <li key={route.id}>
              <SidebarLink {...{ route, isFolded, onNavigate }} isCurrent={route === current} />
            </li>
          ))}
        </ul>
      </nav>
      <div className="border-t p-2">
        <UserMenu isFolded={isFolded} />
      </div>
    </>
  );
}

function SidebarLink({
  route,
  isCurrent,
  isFolded,
  onNavigate,
}: SidebarContentProps & { route: Route; isCurrent: boolean }) {
  const { tenant } = useConsole();
  return (
    <Tooltip label={route.title} side="right" isDisabled={!isFolded}>
      <Link
        href={routePath(tenant, route)}
        onClick={onNavigate}
        aria-current={isCurrent ? "page" : undefined}
        className={clsx(
          "flex h-8 items-center gap-2.5 rounded-md px-2.5 motion-quick transition-colors",
          isCurrent ? "bg-accent-soft font-medium text-accent-line" : "text-ink-muted hover:bg-hover hover:text-ink",
        )}
      >
        <route.icon aria-hidden className="size-4 shrink-0" />
        <span className={clsx(isFolded && "sr-only")}>{route.title}</span>
      </Link>
    </Tooltip>
  );
}
