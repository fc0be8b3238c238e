"use client";

import { clsx } from "clsx";
import { Check, ChevronsUpDown } from "lucide-react";
import Link from "next/link";
import { Menu, MenuGroup, MenuLinkItem } from "#components/ui/menu.tsx";
import { useConsole } from "./console-context.tsx";
import { Mark } from "./mark.tsx";

export function TenantSwitcher({ isFolded }: { isFolded: boolean }) {
  const { tenant, tenants } = useConsole();
  const current = tenants.find(({ slug }) => slug === tenant);
  const name = current?.name ?? tenant;
  return (
    <Menu
      trigger={
        <button
          type="button"
          className={clsx(
            "flex h-9 w-full min-w-0 items-center gap-2 rounded-md hover:bg-hover",
            isFolded ? "justify-center" : "px-2",
          )}
        >
          <Mark className="size-5" />
          <span className={clsx(isFolded ? "sr-only" : "min-w-0 flex-1 truncate text-left font-semibold")}>{name}</span>
          <span className="sr-only">, switch tenant</span>
          {!isFolded && <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-ink-subtle" />}
        </button>
      }
    >
      <MenuGroup label="Tenants">
        {tenants.map((option) => (
          <MenuLinkItem key={option.id} closeOnClick render={<Link href={`/${option.slug}`} />}>
            <span className="min-w-0 flex-1 truncate">{option.name}</span>
            <span className="text-xs text-ink-subtle">{option.role}</span>
            {option.slug === tenant && <Check role="img" aria-label="current" className="size-4 text-accent-line" />}
          </MenuLinkItem>
        ))}
      </MenuGroup>
    </Menu>
  );
}
