import { clsx } from "clsx";
import { ArrowDown, ArrowUp, GripVertical, X } from "lucide-react";
import type { Problem } from "#components/routing/problems.tsx";
import { Button } from "#components/ui/button.tsx";
import type { DragHandleProps } from "./drag-order.ts";
import type { TargetRef } from "./edit-config.ts";
import type { OwnConnection } from "./own-connections.ts";
import { PatienceFields, type UsualPatience } from "./patience-fields.tsx";
import { ProblemsBeside } from "./problems-beside.tsx";
import { TargetName } from "./target-name.tsx";
import { targetName } from "./target-ref.ts";

interface TargetRowProps {
  target: TargetRef;
  /** Its place, from 1; during a drag the one that it would have. */
  number: number;
  isFirst: boolean;
  isLast: boolean;
  connections: readonly OwnConnection[];
  usualPatience: UsualPatience | undefined;
  problems: readonly Problem[];
  handle: DragHandleProps;
  isDragged: boolean;
  /** Where the dragged row would land, if beside this one. */
  landing: "above" | "below" | null;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
  onEdit: (target: TargetRef) => void;
}

/** One target of a chain: it goes up, down or out, and says how long it is waited for and what is wrong with it. */
export function TargetRow(props: TargetRowProps) {
  const { target, number, isFirst, isLast, connections, usualPatience, problems, handle, isDragged, landing } = props;
  return (
    <li className={clsx("relative flex flex-col gap-1 p-2 pl-1", isDragged && "bg-accent-soft")}>
      {landing && (
        <span
          aria-hidden
          className={clsx("absolute inset-x-0 h-0.5 bg-accent-line", landing === "above" ? "-top-px" : "-bottom-px")}
        />
      )}
      <div className="flex items-center gap-2">
        <DragHandle handle={handle} isDragged={isDragged} />
        <span aria-hidden className="figures w-3 shrink-0 text-ink-subtle">
          {number}
        </span>
        <TargetName target={target} connections={connections} />
        <TargetButtons
          {...{ isFirst, isLast }}
          name={targetName(target)}
          onMove={props.onMove}
          onRemove={props.onRemove}
        />
      </div>
      <div className="flex flex-col gap-1 pl-13">
        <PatienceFields target={target} usual={usualPatience} onChange={props.onEdit} />
        <ProblemsBeside problems={problems} />
      </div>
    </li>
  );
}

/** For pointers alone: the buttons do the same for keyboards and screen readers, and say so. */
function DragHandle({ handle, isDragged }: { handle: DragHandleProps; isDragged: boolean }) {
  return (
    <span
      {...handle}
      aria-hidden
      title="Drag to another place"
      className={clsx(
        "flex h-7 w-6 shrink-0 touch-none items-center justify-center rounded-md text-ink-subtle select-none hover:bg-hover hover:text-ink",
        isDragged ? "cursor-grabbing" : "cursor-grab",
      )}
    >
      <GripVertical className="size-4" />
    </span>
  );
}

interface TargetButtonsProps {
  name: string;
  isFirst: boolean;
  isLast: boolean;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}

function TargetButtons({ name, isFirst, isLast, onMove, onRemove }: TargetButtonsProps) {
  return (
    <span className="flex shrink-0">
      <Button
        variant="quiet"
        size="icon"
        aria-label={`Move ${name} up`}
        disabled={isFirst}
        focusableWhenDisabled
        onClick={() => onMove(-1)}
      >
        <ArrowUp aria-hidden className="size-3.5" />
      </Button>
      <Button
        variant="quiet"
        size="icon"
        aria-label={`Move ${name} down`}
        disabled={isLast}
        focusableWhenDisabled
        onClick={() => onMove(1)}
      >
        <ArrowDown aria-hidden className="size-3.5" />
      </Button>
      <Button variant="quiet" size="icon" aria-label={`Remove ${name}`} onClick={onRemove}>
        <X aria-hidden className="size-3.5" />
      </Button>
    </span>
  );
}
