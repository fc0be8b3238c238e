import { type HTMLAttributes, type PointerEvent, useEffect, useRef, useState } from "react";

/** One row of a list being dragged: where it came from, and its place once it is let go. */
export interface Drag {
  from: number;
  to: number;
}

/** What makes an element the handle of a row. */
export type DragHandleProps = Required<
  Pick<
    HTMLAttributes<HTMLElement>,
    "onPointerDown" | "onPointerMove" | "onPointerUp" | "onPointerCancel" | "onLostPointerCapture"
  >
>;

interface Box {
  top: number;
  bottom: number;
}

/** The place that the row `from` takes when it is let go at the height `y`: after every other row whose middle is above. */
export function landingAt(boxes: readonly Box[], from: number, y: number): number {
  return boxes.filter(({ top, bottom }, at) => at !== from && (top + bottom) / 2 < y).length;
}

/** The place that the row at `at` has once the drag ends as it stands. */
export function placeDuring(drag: Drag | null, at: number): number {
  if (drag === null) return at;
  const { from, to } = drag;
  if (at === from) return to;
  if (from < at && at <= to) return at - 1;
  return to <= at && at < from ? at + 1 : at;
}

/** On which side of the row at `at` the moving one lands; null: not beside it, or where it came from. */
export function landsBeside({ from, to }: Drag, at: number): "above" | "below" | null {
  if (at !== to || to === from) return null;
  return to < from ? "above" : "below";
}

/**
 * Puts a list in order by dragging a row's handle, with a mouse, a pen or a finger. `Esc` leaves all as it was. Buttons
 * have to do the same: a drag is no way for everyone.
 */
export function useDragOrder(onMove: (from: number, to: number) => void) {
  const list = useRef<HTMLOListElement>(null);
  const [drag, setDrag] = useState<Drag | null>(null);
  const isDragging = drag !== null;
  const cancel = () => setDrag(null);

  useEffect(() => {
    if (!isDragging) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      // It ends the drag alone, and not the sheet around it.
      event.preventDefault();
      event.stopPropagation();
      setDrag(null);
    };
    window.addEventListener("keydown", onKeyDown, { capture: true });
    return () => window.removeEventListener("keydown", onKeyDown, { capture: true });
  }, [isDragging]);

  const rows = () => [...(list.current?.children ?? [])];
  const landing = (from: number, { clientY }: PointerEvent) =>
    landingAt(
      rows().map((row) => row.getBoundingClientRect()),
      from,
      clientY,
    );

  const handle = (at: number): DragHandleProps => ({
    onPointerDown(event) {
      if (!event.isPrimary || event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      setDrag({ from: at, to: at });
    },
    onPointerMove(event) {
      if (drag?.from !== at) return;
      const to = landing(at, event);
      if (to === drag.to) return;
      setDrag({ from: at, to });
      // A list that is longer than the screen goes along: the row to pass next is always in sight.
      const all = rows();
      (all[to > drag.to ? to + 1 : to - 1] ?? all[to])?.scrollIntoView({ block: "nearest" });
    },
    onPointerUp(event) {
      if (drag?.from !== at) return;
      const to = landing(at, event);
      setDrag(null);
      if (to !== at) onMove(at, to);
    },
    onPointerCancel: cancel,
    onLostPointerCapture: cancel,
  });

  return { list, drag, handle };
}
