import { clsx } from "clsx";
import { CircleAlert, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

const TONES = {
  info: { frame: "border-line bg-sunken", sign: "text-ink-muted", Icon: Info },
  warn: { frame: "border-transparent bg-warn-soft", sign: "text-warn", Icon: TriangleAlert },
  bad: { frame: "border-transparent bg-bad-soft", sign: "text-bad", Icon: CircleAlert },
} as const;

interface NoticeProps {
  tone?: keyof typeof TONES;
  title: string;
  /** `alert` for what has just gone wrong: it is read out at once. */
  role?: "alert" | "note" | "status";
  actions?: ReactNode;
  children?: ReactNode;
}

/** A fact that changes how the page is to be read. */
export function Notice({ tone = "info", title, role = "note", actions, children }: NoticeProps) {
  const { frame, sign, Icon } = TONES[tone];
  return (
    <div role={role} className={clsx("flex gap-3 rounded-md border p-3", frame)}>
      <Icon aria-hidden className={clsx("mt-0.5 size-4 shrink-0", sign)} />
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <p className="font-semibold">{title}</p>
        {children && <div className="text-sm text-ink-muted">{children}</div>}
        {actions && <div className="mt-2 flex flex-wrap gap-2">{actions}</div>}
      </div>
    </div>
  );
}
