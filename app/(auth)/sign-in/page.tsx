import type { Metadata } from "next";
import { Wordmark } from "#components/shell/mark.tsx";
import { safeReturnPath } from "./return-path.ts";
import { SignInForm } from "./sign-in-form.tsx";

export const metadata: Metadata = { title: "Sign in" };

interface SignInPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const { callbackUrl } = await searchParams;
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-sm flex-col justify-center gap-8 px-6 py-12">
      <Wordmark />
      <div className="flex flex-col gap-1">
        <h1 className="text-xl font-semibold tracking-tight">Sign in</h1>
        <p className="text-ink-muted">With the address that your tenant knows you by.</p>
      </div>
      <SignInForm returnPath={safeReturnPath(callbackUrl)} />
    </main>
  );
}
