import { useCallback, useState } from "react";

/** Whether what is in a box is wider than it. Until it has been measured it may be. */
export function useOverflow() {
  const [overflows, setOverflows] = useState(true);
  const box = useCallback((element: HTMLElement | null) => {
    if (element === null) return;
    const observer = new ResizeObserver(() => setOverflows(element.scrollWidth > element.clientWidth));
    observer.observe(element);
    // Its content grows without it.
    for (const child of element.children) observer.observe(child);
    return () => observer.disconnect();
  }, []);
  return { box, overflows };
}
