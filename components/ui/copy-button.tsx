"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "./button.tsx";

const CONFIRMED_FOR_MS = 1_500;

interface CopyButtonProps {
  text: string;
  /** What is copied: `Copy request id`. */
  label: string;
  /** Shows the label instead of the sign alone. */
  hasVisibleLabel?: boolean;
}

export function CopyButton({ text, label, hasVisibleLabel = false }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<"none" | "copied" | "refused">("none");
  useEffect(() => {
    if (outcome === "none") return;
    const timer = setTimeout(() => setOutcome("none"), CONFIRMED_FOR_MS);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = () =>
    copyText(text).then(
      () => setOutcome("copied"),
      () => setOutcome("refused"),
    );
  const Icon = outcome === "copied" ? Check : Copy;
  const spoken = outcome === "copied" ? "Copied" : outcome === "refused" ? "Copying was refused" : "";
  return (
    <>
      <Button
        variant={hasVisibleLabel ? "secondary" : "quiet"}
        size={hasVisibleLabel ? "small" : "icon"}
        aria-label={hasVisibleLabel ? undefined : label}
        onClick={copy}
      >
        <Icon aria-hidden className="size-3.5" />
        {hasVisibleLabel && (spoken || label)}
      </Button>
      <span className="sr-only" aria-live="polite">
        {spoken}
      </span>
    </>
  );
}

async function copyText(text: string): Promise<void> {
  // Browsers hide the clipboard from pages without TLS: there the person is left with selecting the text.
  if (!navigator.clipboard) throw new Error("This page may not write to the clipboard.");
  await navigator.clipboard.writeText(text);
}
