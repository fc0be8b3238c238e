"use client";

import { clsx } from "clsx";
import { BookOpen, LogOut, Monitor, Moon, Sun } from "lucide-react";
import Link from "next/link";
import { useTheme } from "next-themes";
import { Menu, MenuChoice, MenuItem, MenuLinkItem, MenuSeparator } from "#components/ui/menu.tsx";
import { useConsole } from "./console-context.tsx";
import { leave } from "./leave.ts";
import { API_REFERENCE } from "./routes.ts";

const signClass = "size-4 text-ink-subtle";
export const THEMES = [
  { value: "light", label: "Light", icon: <Sun aria-hidden className={signClass} /> },
  { value: "dark", label: "Dark", icon: <Moon aria-hidden className={signClass} /> },
  { value: "system", label: "System", icon: <Monitor aria-hidden className={signClass} /> },
] as const;

export function UserMenu({ isFolded }: { isFolded: boolean }) {
  const { user, role } = useConsole();
  const { theme = "system", setTheme } = useTheme();
  return (
    <Menu side="top" trigger={<UserButton isFolded={isFolded} />}>
      <div className="px-2 py-1.5">
        <p className="truncate font-medium">{user.name}</p>
        <p className="truncate text-sm text-ink-muted">{user.email}</p>
        <p className="text-xs text-ink-subtle">Role here: {role}</p>
      </div>
      <MenuSeparator />
      <MenuChoice label="Theme" value={theme} onChange={setTheme} options={THEMES} />
      <MenuSeparator />
      <MenuLinkItem closeOnClick render={<Link href={API_REFERENCE} />}>
        <BookOpen aria-hidden className={signClass} />
        API reference
      </MenuLinkItem>
      <MenuItem onClick={leave}>
        <LogOut aria-hidden className={signClass} />
        Sign out
      </MenuItem>
    </Menu>
  );
}

function UserButton({ isFolded, ...props }: { isFolded: boolean } & Record<string, unknown>) {
  const { user } = useConsole();
  return (
    <button
      type="button"
      {...props}
      className={clsx(
        "flex h-9 w-full min-w-0 items-center gap-2 rounded-md hover:bg-hover",
        isFolded ? "justify-center" : "px-2",
      )}
    >
      <span
        aria-hidden
        className="flex size-6 shrink-0 items-center justify-center rounded-full border bg-sunken text-2xs font-semibold"
      >
        {initials(user.name)}
      </span>
      <span className={clsx(isFolded ? "sr-only" : "min-w-0 flex-1 truncate text-left")}>{user.name}</span>
      <span className="sr-only">, theme, API reference and sign out</span>
    </button>
  );
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  return [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((word) => word?.[0] ?? "")
    .join("")
    .toUpperCase();
}
