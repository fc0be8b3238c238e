"use client";

import { Menu as BaseMenu } from "@base-ui/react/menu";
import { clsx } from "clsx";
import { Check } from "lucide-react";
import type { ComponentProps, ReactElement, ReactNode } from "react";

const itemClass =
  "flex min-h-8 w-full cursor-default items-center gap-2 rounded-sm px-2 text-base text-ink outline-none select-none data-highlighted:bg-hover";

interface MenuProps {
  trigger: ReactElement<Record<string, unknown>>;
  side?: "top" | "bottom" | "right";
  align?: "start" | "end";
  children: ReactNode;
}

export function Menu({ trigger, side = "bottom", align = "start", children }: MenuProps) {
  return (
    <BaseMenu.Root>
      <BaseMenu.Trigger render={trigger} />
      <BaseMenu.Portal>
        <BaseMenu.Positioner side={side} align={align} sideOffset={6} className="z-50">
          <BaseMenu.Popup className="panel min-w-56 p-1 shadow-float outline-none">{children}</BaseMenu.Popup>
        </BaseMenu.Positioner>
      </BaseMenu.Portal>
    </BaseMenu.Root>
  );
}

export function MenuItem({ className, ...props }: ComponentProps<typeof BaseMenu.Item> & { className?: string }) {
  return <BaseMenu.Item {...props} className={clsx(itemClass, className)} />;
}

export function MenuLinkItem({
  className,
  ...props
}: ComponentProps<typeof BaseMenu.LinkItem> & { className?: string }) {
  return <BaseMenu.LinkItem {...props} className={clsx(itemClass, className)} />;
}

export function MenuSeparator() {
  return <BaseMenu.Separator className="-mx-1 my-1 h-px bg-line" />;
}

export function MenuGroup({ label, children }: { label: string; children: ReactNode }) {
  return (
    <BaseMenu.Group>
      <BaseMenu.GroupLabel className="px-2 py-1 text-xs text-ink-subtle">{label}</BaseMenu.GroupLabel>
      {children}
    </BaseMenu.Group>
  );
}

interface MenuChoiceProps<Value extends string> {
  label: string;
  value: Value;
  onChange: (value: Value) => void;
  options: readonly { value: Value; label: string; icon: ReactNode }[];
}

/** One of a few, with a tick at the chosen one. */
export function MenuChoice<Value extends string>({ label, value, onChange, options }: MenuChoiceProps<Value>) {
  return (
    <MenuGroup label={label}>
      <BaseMenu.RadioGroup value={value} onValueChange={onChange} aria-label={label}>
        {options.map((option) => (
          <BaseMenu.RadioItem key={option.value} value={option.value} closeOnClick className={itemClass}>
            {option.icon}
            <span className="flex-1">{option.label}</span>
            <BaseMenu.RadioItemIndicator>
              <Check aria-hidden className="size-4 text-accent-line" />
            </BaseMenu.RadioItemIndicator>
          </BaseMenu.RadioItem>
        ))}
      </BaseMenu.RadioGroup>
    </MenuGroup>
  );
}
