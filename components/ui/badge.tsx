import { clsx } from "clsx";
import type { ReactNode } from "react";

const TONES = {
  neutral: "border-line bg-sunken text-ink-muted",
  good: "border-transparent bg-good-soft text-good",
  warn: "border-transparent bg-warn-soft text-warn",
  bad: "border-transparent bg-bad-soft text-bad",
  selected: "border-transparent bg-accent-soft text-accent-line",
} as const;

export type BadgeTone = keyof typeof TONES;

interface BadgeProps {
  tone?: BadgeTone;
  icon?: ReactNode;
  children: ReactNode;
}

/** A word in a frame. The tone repeats what the word says. */
export function Badge({ tone = "neutral", icon, children }: BadgeProps) {
  return (
    <span
      className={clsx(
        "inline-flex h-5 items-center gap-1 rounded-sm border px-1.5 text-xs font-medium whitespace-nowrap",
        TONES[tone],
      )}
    >
      {icon}
      {children}
    </span>
  );
}
