"use client";

import { useSyncExternalStore } from "react";
import { useFromBrowser } from "#components/ui/use-from-browser.ts";
import { SIDEBAR_COOKIE } from "./cookies.ts";

const COOKIE_SECONDS = 365 * 24 * 3600;

/** Kept in a cookie, so that the server draws the sidebar as it was left. */
export function rememberSidebar(isFolded: boolean): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet
  document.cookie = `${SIDEBAR_COOKIE}=${isFolded ? "folded" : "open"}; path=/; max-age=${COOKIE_SECONDS}; samesite=lax`;
}

const SINGLE_KEYS = "switchyard-single-keys";
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether a lone key such as `?` does something. It can be turned off: speech input types letters (WCAG 2.1.4). */
export function useSingleKeys(): [boolean, (isOn: boolean) => void] {
  const isOn = useSyncExternalStore(
    subscribe,
    () => localStorage.getItem(SINGLE_KEYS) !== "off",
    () => true,
  );
  return [isOn, setSingleKeys];
}

function setSingleKeys(isOn: boolean): void {
  localStorage.setItem(SINGLE_KEYS, isOn ? "on" : "off");
  for (const listener of listeners) listener();
}

/** The name of the key that commands go with: the browser's platform decides, the server assumes Ctrl. */
export function useCommandKey(): "⌘" | "Ctrl" {
  return useFromBrowser(() => (/Mac|iPhone|iPad/.test(navigator.userAgent) ? "⌘" : "Ctrl"), "Ctrl");
}
