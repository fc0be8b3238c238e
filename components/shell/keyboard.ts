"use client";

import { useEffect, useEffectEvent } from "react";

interface KeyActions {
  onCommandMenu: () => void;
  onToggleSidebar: () => void;
  onListKeys: () => void;
  hasSingleKeys: boolean;
}

/** The keys that work everywhere in the console. `Esc` belongs to whatever is open. */
export function useConsoleKeys(actions: KeyActions): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const action = actionFor(event, actions);
    if (!action) return;
    event.preventDefault();
    action();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event);
    window.addEventListener("keydown", listener);
    return () => window.removeEventListener("keydown", listener);
  }, []);
}

function actionFor(event: KeyboardEvent, actions: KeyActions): (() => void) | null {
  if (event.defaultPrevented || event.altKey) return null;
  const hasCommand = event.metaKey || event.ctrlKey;
  if (hasCommand && event.key.toLowerCase() === "k") return actions.onCommandMenu;
  if (hasCommand && event.key.toLowerCase() === "b") return actions.onToggleSidebar;
  if (!hasCommand && event.key === "?" && actions.hasSingleKeys && !isTyping(event.target)) return actions.onListKeys;
  return null;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));
}
