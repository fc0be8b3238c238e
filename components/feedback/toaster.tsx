"use client";

import { useTheme } from "next-themes";
import { Toaster as SonnerToaster } from "sonner";

/** Where confirmations appear. */
export function Toaster() {
  const { theme } = useTheme();
  return (
    <SonnerToaster
      theme={theme === "light" || theme === "dark" ? theme : "system"}
      position="bottom-right"
      duration={6_000}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast: "panel font-sans flex w-full items-start gap-2 p-3 text-base text-ink shadow-float",
          description: "text-sm text-ink-muted",
          success: "[&_[data-icon]]:text-good",
          error: "[&_[data-icon]]:text-bad",
        },
      }}
    />
  );
}
