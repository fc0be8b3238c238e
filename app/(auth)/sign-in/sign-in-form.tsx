"use client";

import { Eye, EyeOff } from "lucide-react";
import { signIn } from "next-auth/react";
import { type FormEvent, type Ref, useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Field, Input } from "#components/ui/field.tsx";

interface Problems {
  email?: string;
  password?: string;
}

const REFUSALS: Readonly<Record<string, string>> = {
  CredentialsSignin: "That e-mail address and password do not match.",
  TooManyAttempts: "Too many attempts. Try again in a few minutes.",
  Unavailable: "Sign-in does not work at the moment. Try again in a minute.",
};

export function SignInForm({ returnPath }: { returnPath: string }) {
  const [problems, setProblems] = useState<Problems>({});
  const [isBusy, setIsBusy] = useState(false);
  const emailInput = useRef<HTMLInputElement>(null);
  const passwordInput = useRef<HTMLInputElement>(null);

  const refuse = (found: Problems) => {
    setProblems(found);
    setIsBusy(false);
    (found.email ? emailInput : passwordInput).current?.focus();
  };
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const email = String(form.get("email") ?? "").trim();
    const password = String(form.get("password") ?? "");
    const missing = findMissing(email, password);
    if (missing) return refuse(missing);
    setProblems({});
    setIsBusy(true);
    const refusal = await trySignIn(email, password, returnPath);
    if (refusal) return refuse({ password: refusal });
    // A whole load, so that nothing of a former person's pages is left in memory.
    window.location.assign(returnPath);
  };
  return (
    <form noValidate method="post" onSubmit={submit} className="flex flex-col gap-4">
      <Field label="E-mail address" name="email" error={problems.email}>
        <Input
          ref={emailInput}
          type="email"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          autoFocus
        />
      </Field>
      <PasswordField inputRef={passwordInput} error={problems.password} />
      <Button type="submit" variant="primary" className="h-9 justify-center" disabled={isBusy} focusableWhenDisabled>
        {isBusy ? "Signing in…" : "Sign in"}
      </Button>
    </form>
  );
}

function PasswordField({ inputRef, error }: { inputRef: Ref<HTMLInputElement>; error?: string }) {
  const [isShown, setIsShown] = useState(false);
  const Sign = isShown ? EyeOff : Eye;
  return (
    <Field label="Password" name="password" error={error}>
      <div className="relative">
        <Input
          ref={inputRef}
          type={isShown ? "text" : "password"}
          autoComplete="current-password"
          spellCheck={false}
          required
          className="pr-10"
        />
        <Button
          variant="quiet"
          size="icon"
          className="absolute top-1 right-1"
          aria-label="Show the password"
          aria-pressed={isShown}
          onClick={() => setIsShown(!isShown)}
        >
          <Sign aria-hidden className="size-4" />
        </Button>
      </div>
    </Field>
  );
}

function findMissing(email: string, password: string): Problems | null {
  const missing: Problems = {};
  if (!/^\S+@\S+$/.test(email)) missing.email = "Enter an e-mail address such as name@company.com.";
  if (!password) missing.password = "Enter your password.";
  return missing.email || missing.password ? missing : null;
}

/** Null when it worked, otherwise what to tell the person. */
async function trySignIn(email: string, password: string, callbackUrl: string): Promise<string | null> {
  try {
    const result = await signIn("password", { redirect: false, email, password, callbackUrl });
    if (result?.ok && !result.error) return null;
    return REFUSALS[result?.error ?? ""] ?? "Signing in did not work. Try again.";
  } catch {
    return "The server could not be reached. Try again.";
  }
}
