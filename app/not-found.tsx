import type { Metadata } from "next";
import Link from "next/link";
import { Wordmark } from "#components/shell/mark.tsx";
import { buttonClass } from "#components/ui/button.tsx";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <main className="mx-auto flex max-w-lg flex-col items-start gap-4 px-6 py-24">
      <Wordmark />
      <h1 className="text-xl font-semibold">There is nothing at this address</h1>
      <p className="text-ink-muted">
        Either the page does not exist, or it belongs to a tenant that you are not a member of.
      </p>
      <Link href="/" className={buttonClass("primary")}>
        Go to your overview
      </Link>
    </main>
  );
}
