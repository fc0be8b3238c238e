"use client";

import { Menu as MenuIcon } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { Wordmark } from "#components/shell/mark.tsx";
import { API_REFERENCE } from "#components/shell/routes.ts";
import { Button, buttonClass } from "#components/ui/button.tsx";
import { Sheet } from "#components/ui/dialog.tsx";
import { Contents } from "./contents.tsx";
import type { ContentsGroup } from "./filter-contents.ts";

/** The name, the way to the console, and on a phone the contents. */
export function ReferenceHeader({ groups }: { groups: readonly ContentsGroup[] }) {
  const [isOpen, setIsOpen] = useState(false);
  const close = () => setIsOpen(false);
  return (
    <header className="sticky top-0 z-30 border-b bg-canvas">
      <div className="mx-auto flex h-header max-w-screen-2xl items-center gap-2 px-4">
        <Button
          variant="quiet"
          size="icon"
          className="-ml-1.5 lg:hidden"
          aria-label="Open the contents"
          onClick={() => setIsOpen(true)}
        >
          <MenuIcon aria-hidden className="size-4" />
        </Button>
        <Link href={API_REFERENCE} className="mr-auto rounded-sm">
          <Wordmark />
        </Link>
        <Link href="/" className={buttonClass("secondary", "small")}>
          Console
        </Link>
      </div>
      <Sheet isOpen={isOpen} onClose={close} title="Contents" side="left" width="narrow">
        <Contents groups={groups} onNavigate={close} />
      </Sheet>
    </header>
  );
}
