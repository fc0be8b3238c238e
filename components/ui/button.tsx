import { Button as BaseButton } from "@base-ui/react/button";
import { clsx } from "clsx";
import type { ComponentProps } from "react";

// One that stays focusable while it is disabled is not disabled to the browser: hence both.
const DISABLED = "disabled:border-line disabled:bg-sunken data-disabled:border-line data-disabled:bg-sunken";
const DISABLED_QUIET =
  "disabled:bg-transparent disabled:opacity-50 data-disabled:bg-transparent data-disabled:opacity-50";

const VARIANTS = {
  primary: `border-transparent bg-accent text-accent-ink hover:bg-accent-hover ${DISABLED}`,
  secondary: `border-line bg-surface text-ink hover:bg-hover ${DISABLED}`,
  quiet: `border-transparent bg-transparent text-ink-muted hover:bg-hover hover:text-ink ${DISABLED_QUIET}`,
  /** Only for what cannot be undone. */
  danger: `border-bad bg-surface text-bad hover:bg-bad-soft ${DISABLED}`,
} as const;

const SIZES = {
  small: "h-7 gap-1.5 px-2 text-sm",
  medium: "h-8 gap-2 px-3 text-base",
  icon: "size-7 justify-center",
} as const;

export type ButtonVariant = keyof typeof VARIANTS;
export type ButtonSize = keyof typeof SIZES;

/** The looks of a button, for links that act as one. */
export function buttonClass(variant: ButtonVariant = "secondary", size: ButtonSize = "medium"): string {
  return clsx(
    "inline-flex shrink-0 items-center rounded-md border font-medium whitespace-nowrap motion-quick transition-colors",
    "disabled:cursor-not-allowed disabled:text-ink-subtle data-disabled:cursor-not-allowed data-disabled:text-ink-subtle",
    VARIANTS[variant],
    SIZES[size],
  );
}

export interface ButtonProps extends Omit<ComponentProps<typeof BaseButton>, "className"> {
  variant?: ButtonVariant;
  size?: ButtonSize;
  className?: string;
}

export function Button({ variant, size, className, ...props }: ButtonProps) {
  return <BaseButton {...props} className={clsx(buttonClass(variant, size), className)} />;
}
