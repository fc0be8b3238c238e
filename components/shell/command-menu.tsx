"use client";

import { Command } from "cmdk";
import { BookOpen, Building2, Keyboard, LogOut } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTheme } from "next-themes";
import { type ReactNode, useId } from "react";
import { Dialog } from "#components/ui/dialog.tsx";
import { useConsole } from "./console-context.tsx";
import { leave } from "./leave.ts";
import { rankEntry } from "./rank-entry.ts";
import { API_REFERENCE, routePath, routesFor } from "./routes.ts";
import { THEMES } from "./user-menu.tsx";

interface CommandMenuProps {
  isOpen: boolean;
  onClose: () => void;
  onListKeys: () => void;
}

/** Every page and action of the shell by name. */
export function CommandMenu({ isOpen, onClose, onListKeys }: CommandMenuProps) {
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title="Command menu" isTitleHidden>
      <Command
        label="Command menu"
        loop
        filter={(_, search, [label = "", description] = []) => rankEntry({ label, description }, search)}
        className="flex min-h-0 flex-col"
      >
        <Command.Input
          placeholder="Go to a page, a tenant, or do something…"
          className="h-header w-full shrink-0 border-b bg-transparent focus:border-line-strong px-4 text-base outline-none placeholder:text-ink-subtle"
        />
        <Command.List className="min-h-0 overflow-y-auto p-2 outline-none">
          <Command.Empty className="px-2 py-6 text-center text-ink-muted">Nothing is called that.</Command.Empty>
          <Entries onClose={onClose} onListKeys={onListKeys} />
        </Command.List>
      </Command>
    </Dialog>
  );
}

function Entries({ onClose, onListKeys }: Omit<CommandMenuProps, "isOpen">) {
  const { tenant, tenants, role } = useConsole();
  const { setTheme } = useTheme();
  const router = useRouter();
  const go = (path: string) => {
    onClose();
    router.push(path);
  };
  const others = tenants.filter(({ slug }) => slug !== tenant);
  return (
    <>
      <Group heading="Pages">
        {routesFor(role).map((route) => (
          <Entry
            key={route.id}
            icon={<route.icon aria-hidden className="size-4" />}
            onSelect={() => go(routePath(tenant, route))}
            label={route.title}
            description={route.description}
          />
        ))}
      </Group>
      {others.length > 0 && (
        <Group heading="Tenants">
          {others.map(({ slug, name }) => (
            <Entry
              key={slug}
              icon={<Building2 aria-hidden className="size-4" />}
              onSelect={() => go(`/${slug}`)}
              label={name}
            />
          ))}
        </Group>
      )}
      <Group heading="Theme">
        {THEMES.map(({ value, label, icon }) => (
          <Entry
            key={value}
            icon={icon}
            onSelect={() => {
              setTheme(value);
              onClose();
            }}
            label={`${label} theme`}
          />
        ))}
      </Group>
      <Group heading="More">
        <Entry
          icon={<BookOpen aria-hidden className="size-4" />}
          onSelect={() => go(API_REFERENCE)}
          label="API reference"
          description="Every call and operation, with a line to run"
        />
        <Entry icon={<Keyboard aria-hidden className="size-4" />} onSelect={onListKeys} label="List the keys" />
        <Entry icon={<LogOut aria-hidden className="size-4" />} onSelect={leave} label="Sign out" />
      </Group>
    </>
  );
}

function Group({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <Command.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-ink-subtle"
    >
      {children}
    </Command.Group>
  );
}

interface EntryProps {
  icon: ReactNode;
  onSelect: () => void;
  label: string;
  description?: string;
}

function Entry({ icon, onSelect, label, description }: EntryProps) {
  // A tenant may be called as a page is: two entries of one value would be selected together.
  const value = useId();
  return (
    <Command.Item
      value={value}
      keywords={description === undefined ? [label] : [label, description]}
      onSelect={onSelect}
      className="flex min-h-8 cursor-default items-center gap-2.5 rounded-sm px-2 py-1 data-[selected=true]:bg-hover [&>svg]:shrink-0 [&>svg]:text-ink-subtle"
    >
      {icon}
      <span className="shrink-0">{label}</span>
      {description && <span className="truncate text-sm text-ink-subtle">{description}</span>}
    </Command.Item>
  );
}
