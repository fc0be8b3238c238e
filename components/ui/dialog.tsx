"use client";

import { Dialog as BaseDialog } from "@base-ui/react/dialog";
import { clsx } from "clsx";
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { buttonClass } from "./button.tsx";

const backdropClass =
  "fixed inset-0 bg-scrim motion-quick transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0";

interface OverlayProps {
  isOpen: boolean;
  onClose: () => void;
  title: string;
  /** Hides the title from view, not from screen readers. */
  isTitleHidden?: boolean;
  children: ReactNode;
}

interface DialogProps extends OverlayProps {
  /** Opened from a sheet, which it then covers. */
  isOverSheet?: boolean;
}

/** A window in the middle of the page. `Esc` and a press outside close it. */
export function Dialog({ isOpen, onClose, title, isTitleHidden = false, isOverSheet, children }: DialogProps) {
  return (
    <BaseDialog.Root open={isOpen} onOpenChange={(open) => open || onClose()}>
      <BaseDialog.Portal>
        <BaseDialog.Backdrop forceRender={isOverSheet} className={clsx(backdropClass, isOverSheet ? "z-50" : "z-40")} />
        <BaseDialog.Popup className="panel fixed top-[12vh] left-1/2 z-50 flex max-h-[76vh] w-[calc(100vw-2rem)] max-w-lg -translate-x-1/2 flex-col overflow-hidden shadow-float motion-quick transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0">
          {isTitleHidden ? (
            <BaseDialog.Title className="sr-only">{title}</BaseDialog.Title>
          ) : (
            <OverlayHeader title={title} />
          )}
          {children}
        </BaseDialog.Popup>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  );
}

interface SheetProps extends OverlayProps {
  side?: "left" | "right";
  /** `wide` for a record, `narrow` for a menu. */
  width?: "wide" | "narrow";
}

/** A panel at the page's edge: a record beside its table, the menu on a phone. */
export function Sheet({
  isOpen,
  onClose,
  title,
  isTitleHidden = false,
  side = "right",
  width = "wide",
  children,
}: SheetProps) {
  return (
    <BaseDialog.Root open={isOpen} onOpenChange={(open) => open || onClose()}>
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className={clsx(backdropClass, "z-40")} />
        <BaseDialog.Popup
          className={clsx(
            "fixed inset-y-0 z-50 flex flex-col border-line bg-surface shadow-float motion-quick transition-transform",
            side === "right"
              ? "right-0 border-l data-ending-style:translate-x-full data-starting-style:translate-x-full"
              : "left-0 border-r data-ending-style:-translate-x-full data-starting-style:-translate-x-full",
            width === "wide" ? "w-full sm:max-w-xl" : "w-72 max-w-[85vw]",
          )}
        >
          {isTitleHidden ? (
            <BaseDialog.Title className="sr-only">{title}</BaseDialog.Title>
          ) : (
            <OverlayHeader title={title} />
          )}
          {children}
        </BaseDialog.Popup>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  );
}

function OverlayHeader({ title }: { title: string }) {
  return (
    <div className="flex h-header shrink-0 items-center justify-between border-b px-4">
      <BaseDialog.Title className="text-base font-semibold">{title}</BaseDialog.Title>
      <BaseDialog.Close className={buttonClass("quiet", "icon")} aria-label="Close">
        <X aria-hidden className="size-4" />
      </BaseDialog.Close>
    </div>
  );
}
