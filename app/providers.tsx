"use client";

import { CSPProvider } from "@base-ui/react/csp-provider";
import { QueryClientProvider } from "@tanstack/react-query";
import { ThemeProvider } from "next-themes";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import type { ReactNode } from "react";
import { Toaster } from "#components/feedback/toaster.tsx";
import { TooltipProvider } from "#components/ui/tooltip.tsx";
import { getQueryClient } from "#lib/queries/query-client.ts";

/** What every page of the console stands in. `nonce` lets the theme's script run under the content policy. */
export function Providers({ nonce, children }: { nonce: string | undefined; children: ReactNode }) {
  return (
    <ThemeProvider
      attribute="data-theme"
      defaultTheme="system"
      enableSystem
      disableTransitionOnChange
      nonce={nonce}
      // React warns about scripts that a client renders; this one has already run by then.
      scriptProps={{ type: typeof window === "undefined" ? "text/javascript" : "text/plain" }}
    >
      <CSPProvider nonce={nonce}>
        <QueryClientProvider client={getQueryClient()}>
          <NuqsAdapter>
            <TooltipProvider>{children}</TooltipProvider>
          </NuqsAdapter>
        </QueryClientProvider>
      </CSPProvider>
      <Toaster />
    </ThemeProvider>
  );
}
