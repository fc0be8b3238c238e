"use client";

import { Switch } from "@base-ui/react/switch";
import { useId } from "react";
import { Dialog } from "#components/ui/dialog.tsx";
import { Kbd } from "#components/ui/kbd.tsx";
import { useCommandKey, useSingleKeys } from "./preferences.ts";

export function KeysDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const commandKey = useCommandKey();
  const keys = [
    { keys: [commandKey, "K"], does: "Open the command menu" },
    { keys: [commandKey, "B"], does: "Fold or unfold the sidebar" },
    { keys: ["?"], does: "List the keys" },
    { keys: ["Esc"], does: "Close what is open" },
  ];
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title="Keys">
      <div className="overflow-y-auto p-4">
        <dl className="flex flex-col gap-2">
          {keys.map((entry) => (
            <div key={entry.does} className="flex items-center justify-between gap-4">
              <dt>{entry.does}</dt>
              <dd className="flex gap-1">
                {entry.keys.map((key) => (
                  <Kbd key={key}>{key}</Kbd>
                ))}
              </dd>
            </div>
          ))}
        </dl>
        <SingleKeysSwitch />
      </div>
    </Dialog>
  );
}

function SingleKeysSwitch() {
  const [hasSingleKeys, setSingleKeys] = useSingleKeys();
  const id = useId();
  return (
    <div className="mt-4 flex items-center justify-between gap-4 border-t pt-4">
      <span>
        <span id={id}>Keys without {"⌘"} or Ctrl</span>
        <span className="block text-sm text-ink-subtle">Turn off when speech input or an extension types them.</span>
      </span>
      <Switch.Root
        checked={hasSingleKeys}
        onCheckedChange={setSingleKeys}
        aria-labelledby={id}
        className="flex h-6 w-10 shrink-0 items-center rounded-full border border-line-strong bg-sunken px-0.5 data-checked:border-accent-line data-checked:bg-accent-soft"
      >
        <Switch.Thumb className="size-4 rounded-full bg-line-strong motion-quick transition-transform data-checked:translate-x-4.5 data-checked:bg-accent-line" />
      </Switch.Root>
    </div>
  );
}
