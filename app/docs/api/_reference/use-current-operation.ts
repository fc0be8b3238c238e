import { usePathname } from "next/navigation";
import { useEffect, useState } from "react";
import type { ContentsGroup } from "./filter-contents.ts";

/** Below the header, down to a third of the window: what lies there is what one reads. */
const READING_AREA = "-64px 0px -66% 0px";

/** The id of the operation that is being read; null where there is none. */
export function useCurrentOperation(groups: readonly ContentsGroup[]): string | null {
  const pathname = usePathname();
  const [current, setCurrent] = useState<string | null>(null);
  useEffect(() => {
    const entries = groups.find(({ path }) => path === pathname)?.entries ?? [];
    const inView = new Set<string>();
    const observer = new IntersectionObserver(
      (changes) => {
        for (const { target, isIntersecting } of changes) {
          if (isIntersecting) inView.add(target.id);
          else inView.delete(target.id);
        }
        setCurrent(entries.find(({ id }) => inView.has(id))?.id ?? null);
      },
      { rootMargin: READING_AREA },
    );
    for (const { id } of entries) {
      const element = document.getElementById(id);
      if (element) observer.observe(element);
    }
    return () => {
      observer.disconnect();
      setCurrent(null);
    };
  }, [groups, pathname]);
  return current;
}
