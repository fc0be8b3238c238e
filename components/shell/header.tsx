"use client";

import { Keyboard, Menu as MenuIcon, Search } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { Kbd } from "#components/ui/kbd.tsx";
import { Tooltip } from "#components/ui/tooltip.tsx";
import { Breadcrumbs } from "./breadcrumbs.tsx";
import { useCommandKey } from "./preferences.ts";

interface HeaderProps {
  onOpenDrawer: () => void;
  onOpenCommandMenu: () => void;
  onListKeys: () => void;
}

export function Header({ onOpenDrawer, onOpenCommandMenu, onListKeys }: HeaderProps) {
  const commandKey = useCommandKey();
  return (
    <header className="sticky top-0 z-30 flex h-header shrink-0 items-center gap-2 border-b bg-canvas px-4 md:px-6">
      <Button
        variant="quiet"
        size="icon"
        className="-ml-1.5 md:hidden"
        aria-label="Open the menu"
        onClick={onOpenDrawer}
      >
        <MenuIcon aria-hidden className="size-4" />
      </Button>
      <Breadcrumbs />
      <Button size="small" onClick={onOpenCommandMenu} aria-keyshortcuts="Meta+K Control+K">
        <Search aria-hidden className="size-3.5 text-ink-subtle" />
        <span className="font-normal text-ink-muted max-sm:sr-only">Go to…</span>
        <span aria-hidden className="flex gap-0.5 max-sm:hidden">
          <Kbd>{commandKey}</Kbd>
          <Kbd>K</Kbd>
        </span>
      </Button>
      <Tooltip label="Keys">
        <Button variant="quiet" size="icon" aria-label="List the keys" className="max-sm:hidden" onClick={onListKeys}>
          <Keyboard aria-hidden className="size-4" />
        </Button>
      </Tooltip>
    </header>
  );
}
