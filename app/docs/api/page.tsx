import type { Metadata } from "next";
import { API, CONTENTS, GROUPS } from "./_reference/api.ts";
import { Introduction } from "./_reference/introduction.tsx";
import { OperationIndex } from "./_reference/operation-index.tsx";
import { UsualErrors } from "./_reference/usual-errors.tsx";

export const metadata: Metadata = {
  title: "API reference",
  description: "Every call and every operation of the management API, with a command to run.",
};

/** The API's description for people; `/api/openapi.json` is the same for programs. */
export default function ApiReferencePage() {
  return (
    <div className="flex flex-col gap-10">
      <Introduction document={API} />
      <OperationIndex groups={CONTENTS} />
      <UsualErrors groups={GROUPS} />
    </div>
  );
}
