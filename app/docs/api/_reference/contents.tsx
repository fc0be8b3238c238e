"use client";

import { clsx } from "clsx";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { API_REFERENCE } from "#components/shell/routes.ts";
import { Input } from "#components/ui/field.tsx";
import { type ContentsGroup, filterContents } from "./filter-contents.ts";
import { SCHEMAS_PATH } from "./paths.ts";
import { useCurrentOperation } from "./use-current-operation.ts";

interface ContentsProps {
  groups: readonly ContentsGroup[];
  onNavigate?: () => void;
}

/** Every operation by name, those that a few words leave, and which one is being read. */
export function Contents({ groups, onNavigate }: ContentsProps) {
  const [sought, setSought] = useState("");
  const current = useCurrentOperation(groups);
  const found = filterContents(groups, sought);
  const nav = useRef<HTMLElement>(null);
  const input = useRef<HTMLInputElement>(null);
  // What was typed before the page listened counts too.
  useEffect(() => setSought(input.current?.value ?? ""), []);
  useEffect(() => {
    if (current !== null) nav.current?.querySelector("[aria-current=location]")?.scrollIntoView({ block: "nearest" });
  }, [current]);
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="shrink-0 p-3">
        <Input
          ref={input}
          type="search"
          aria-label="Find an operation"
          placeholder="Find an operation…"
          value={sought}
          onChange={(event) => setSought(event.target.value)}
        />
      </div>
      <nav ref={nav} aria-label="Reference" className="flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto px-2 pb-6">
        {sought === "" && <PageLink {...{ path: API_REFERENCE, onNavigate }}>Introduction</PageLink>}
        {found.map((group) => (
          <div key={group.path} className="flex flex-col gap-px">
            <PageLink {...{ path: group.path, onNavigate }}>{group.title}</PageLink>
            <ul className="flex flex-col gap-px">
              {group.entries.map(({ id, path, title, method }) => (
                <li key={id}>
                  <EntryLink {...{ path, onNavigate }} current={id === current ? "location" : undefined}>
                    {title}
                    <span className="figures shrink-0 text-2xs text-ink-subtle">{method}</span>
                  </EntryLink>
                </li>
              ))}
            </ul>
          </div>
        ))}
        {sought === "" && <PageLink {...{ path: SCHEMAS_PATH, onNavigate }}>Schemas</PageLink>}
      </nav>
      <p aria-live="polite" className={clsx("px-4 pb-6 text-sm text-ink-muted", found.length > 0 && "sr-only")}>
        {found.length === 0 && "Nothing is called that."}
      </p>
    </div>
  );
}

interface ContentsLinkProps {
  path: string;
  onNavigate: (() => void) | undefined;
  children: ReactNode;
}

function PageLink({ path, onNavigate, children }: ContentsLinkProps) {
  const isCurrent = usePathname() === path;
  return (
    <Link
      href={path}
      prefetch={false}
      onClick={onNavigate}
      aria-current={isCurrent ? "page" : undefined}
      className="rounded-md px-2 py-1 text-sm font-semibold hover:bg-hover aria-[current]:text-accent-line"
    >
      {children}
    </Link>
  );
}

function EntryLink({ path, current, onNavigate, children }: ContentsLinkProps & { current: "location" | undefined }) {
  return (
    <Link
      href={path}
      prefetch={false}
      onClick={onNavigate}
      aria-current={current}
      className={clsx(
        "flex min-h-7 items-center justify-between gap-2 rounded-md px-2 py-0.5 text-sm motion-quick transition-colors",
        current ? "bg-accent-soft font-medium text-accent-line" : "text-ink-muted hover:bg-hover hover:text-ink",
      )}
    >
      {children}
    </Link>
  );
}
