"use client";

import { Tooltip as BaseTooltip } from "@base-ui/react/tooltip";
import type { ReactElement, ReactNode } from "react";

const OPEN_DELAY_MS = 300;

export function TooltipProvider({ children }: { children: ReactNode }) {
  return <BaseTooltip.Provider delay={OPEN_DELAY_MS}>{children}</BaseTooltip.Provider>;
}

interface TooltipProps {
  /** Repeats or shortens what the element's own name says: never the only place of a fact. */
  label: ReactNode;
  side?: "top" | "right" | "bottom" | "left";
  isDisabled?: boolean;
  children: ReactElement<Record<string, unknown>>;
}

export function Tooltip({ label, side = "top", isDisabled = false, children }: TooltipProps) {
  return (
    <BaseTooltip.Root disabled={isDisabled}>
      <BaseTooltip.Trigger render={children} />
      <BaseTooltip.Portal>
        <BaseTooltip.Positioner side={side} sideOffset={6} className="z-50">
          <BaseTooltip.Popup className="max-w-72 rounded-sm bg-ink px-2 py-1 text-xs text-canvas">
            {label}
          </BaseTooltip.Popup>
        </BaseTooltip.Positioner>
      </BaseTooltip.Portal>
    </BaseTooltip.Root>
  );
}
