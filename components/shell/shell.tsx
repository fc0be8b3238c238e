"use client";

import { type ReactNode, useState } from "react";
import { Sheet } from "#components/ui/dialog.tsx";
import { CommandMenu } from "./command-menu.tsx";
import { type ConsoleFacts, ConsoleProvider } from "./console-context.tsx";
import { Header } from "./header.tsx";
import { useConsoleKeys } from "./keyboard.ts";
import { KeysDialog } from "./keys-dialog.tsx";
import { rememberSidebar, useSingleKeys } from "./preferences.ts";
import { Sidebar, SidebarContent } from "./sidebar.tsx";
import { SkipLink } from "./skip-link.tsx";

type Overlay = "command-menu" | "keys" | "drawer";

interface ShellProps {
  facts: ConsoleFacts;
  isInitiallyFolded: boolean;
  children: ReactNode;
}

/** What stands round every page of a tenant. */
export function Shell({ facts, isInitiallyFolded, children }: ShellProps) {
  const [isFolded, setIsFolded] = useState(isInitiallyFolded);
  const [overlay, setOverlay] = useState<Overlay | null>(null);
  const [hasSingleKeys] = useSingleKeys();
  const close = () => setOverlay(null);
  const toggleSidebar = () => {
    rememberSidebar(!isFolded);
    setIsFolded(!isFolded);
  };
  useConsoleKeys({
    onCommandMenu: () => setOverlay((open) => (open === "command-menu" ? null : "command-menu")),
    onToggleSidebar: toggleSidebar,
    onListKeys: () => setOverlay("keys"),
    hasSingleKeys,
  });
  return (
    <ConsoleProvider facts={facts}>
      <SkipLink />
      <div className="flex min-h-dvh">
        <Sidebar isFolded={isFolded} onToggle={toggleSidebar} />
        <div className="flex min-w-0 flex-1 flex-col">
          <Header
            onOpenDrawer={() => setOverlay("drawer")}
            onOpenCommandMenu={() => setOverlay("command-menu")}
            onListKeys={() => setOverlay("keys")}
          />
          <main id="content" tabIndex={-1} className="mx-auto w-full max-w-7xl flex-1 px-4 py-6 outline-none md:px-6">
            {children}
          </main>
        </div>
      </div>
      <CommandMenu isOpen={overlay === "command-menu"} onClose={close} onListKeys={() => setOverlay("keys")} />
      <KeysDialog isOpen={overlay === "keys"} onClose={close} />
      <Sheet isOpen={overlay === "drawer"} onClose={close} title="Menu" side="left" width="narrow">
        <SidebarContent isFolded={false} onNavigate={close} />
      </Sheet>
    </ConsoleProvider>
  );
}
