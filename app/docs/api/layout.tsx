import type { ReactNode } from "react";
import { SkipLink } from "#components/shell/skip-link.tsx";
import { CONTENTS } from "./_reference/api.ts";
import { Contents } from "./_reference/contents.tsx";
import { ReferenceHeader } from "./_reference/reference-header.tsx";

/** What stands round every page of the reference. */
export default function ApiReferenceLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <SkipLink />
      <ReferenceHeader groups={CONTENTS} />
      <div className="mx-auto flex max-w-screen-2xl">
        <div className="sticky top-header h-below-header w-64 shrink-0 border-r max-lg:hidden">
          <Contents groups={CONTENTS} />
        </div>
        <main id="content" tabIndex={-1} className="min-w-0 flex-1 px-4 py-8 outline-none md:px-8">
          {children}
        </main>
      </div>
    </>
  );
}
