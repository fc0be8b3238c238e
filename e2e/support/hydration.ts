import type { Page } from "@playwright/test";

/** What of React's tree is read here. */
interface Fiber {
  memoizedState: { isDehydrated?: boolean; dehydrated?: unknown } | null;
  child: Fiber | null;
  sibling: Fiber | null;
}

type WatchedWindow = typeof window & {
  __REACT_DEVTOOLS_GLOBAL_HOOK__?: object;
  isHydrated?: () => boolean;
};

/**
 * From here on the page's `goto` and `reload` wait until React has taken all of the page over: what is clicked, chosen
 * or typed before is lost, and a busy machine takes its time. React tells it to who looks in by the hook of its
 * developer tools.
 */
export async function waitForHydration(page: Page): Promise<void> {
  await page.addInitScript(watchReact);
  const hydrated = async <Answer>(answer: Answer): Promise<Answer> => {
    await page.waitForFunction(() => (window as WatchedWindow).isHydrated?.());
    // What the page listens to by effects comes once they have run.
    await page.evaluate(() => new Promise<unknown>((resolve) => requestIdleCallback(resolve)));
    return answer;
  };
  const goto = page.goto.bind(page);
  const reload = page.reload.bind(page);
  page.goto = async (...args) => hydrated(await goto(...args));
  page.reload = async (...args) => hydrated(await reload(...args));
}

/** Runs in the browser, before anything of the page does. */
function watchReact(): void {
  const roots = new Set<{ current: Fiber }>();
  const isWaiting = (fiber: Fiber | null): boolean => {
    for (let next = fiber; next !== null; next = next.sibling) {
      if (next.memoizedState?.isDehydrated === true || next.memoizedState?.dehydrated) return true;
      if (isWaiting(next.child)) return true;
    }
    return false;
  };
  const watched = window as WatchedWindow;
  watched.isHydrated = () => roots.size > 0 && [...roots].every(({ current }) => !isWaiting(current));
  watched.__REACT_DEVTOOLS_GLOBAL_HOOK__ = {
    supportsFiber: true,
    inject: () => 1,
    onCommitFiberRoot: (_renderer: number, root: { current: Fiber }) => roots.add(root),
    onCommitFiberUnmount: () => undefined,
  };
}
