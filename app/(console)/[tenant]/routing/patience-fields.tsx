import { useState } from "react";
import { Select } from "#components/routing/select.tsx";
import { Field, Input } from "#components/ui/field.tsx";
import { formatPatience } from "#lib/format/patience.ts";
import { RETRIES } from "#lib/services/route-versions/limits.ts";
import type { RouteDraftDto } from "#lib/services/route-versions/schemas.ts";
import type { TargetRef } from "./edit-config.ts";
import {
  findTimeoutProblems,
  hasTimeoutProblems,
  readSeconds,
  type Timeout,
  withRetries,
  withTimeout,
  writeSeconds,
} from "./edit-patience.ts";
import { targetName } from "./target-ref.ts";

/** What a target of one provider gets whose chain says nothing of it. */
export type UsualPatience = RouteDraftDto["usualPatience"][string];

interface PatienceFieldsProps {
  target: TargetRef;
  /** Undefined while the tenant has no account there. */
  usual: UsualPatience | undefined;
  onChange: (target: TargetRef) => void;
}

/** How long a target is waited for and how often it is tried again: in a line, and as fields when that is opened. */
export function PatienceFields({ target, usual, onChange }: PatienceFieldsProps) {
  const problems = findTimeoutProblems(target);
  const inSeconds = (ms: number | undefined) => (ms === undefined ? "as usual" : `${writeSeconds(ms)} s`);
  return (
    <details className="group">
      <PatienceSummary target={target} />
      <fieldset className="grid items-start gap-3 pt-2 pb-1 sm:grid-cols-3">
        <legend className="sr-only">Time and retries of {targetName(target)}</legend>
        <SecondsField
          label="First token, seconds"
          hint={
            usual &&
            `Usually ${inSeconds(usual.firstTokenTimeoutMs)}, or ${inSeconds(usual.answerTimeoutMs)} where the request asks for reasoning.`
          }
          problem={problems.firstTokenTimeoutMs}
          {...{ target, onChange }}
          timeout="firstTokenTimeoutMs"
        />
        <SecondsField
          label="Whole answer, seconds"
          hint={`${usual ? `Usually ${inSeconds(usual.answerTimeoutMs)}. ` : ""}A stream that comes live is not cut.`}
          problem={problems.answerTimeoutMs}
          {...{ target, onChange }}
          timeout="answerTimeoutMs"
        />
        <RetriesField target={target} onChange={onChange} />
      </fieldset>
    </details>
  );
}

function PatienceSummary({ target }: { target: TargetRef }) {
  return (
    <summary className="w-fit cursor-pointer py-1 text-xs text-ink-muted hover:text-ink">
      Time and retries
      <span className="sr-only"> of {targetName(target)}</span>
      <span className="group-open:hidden">
        {": "}
        {hasTimeoutProblems(target) ? (
          <span className="text-bad">cannot be saved like this</span>
        ) : (
          formatPatience(target) || "as usual"
        )}
      </span>
    </summary>
  );
}

interface SecondsFieldProps {
  label: string;
  hint: string | undefined;
  timeout: Timeout;
  problem: string | undefined;
  target: TargetRef;
  onChange: (target: TargetRef) => void;
}

function SecondsField({ label, hint, timeout, problem, target, onChange }: SecondsFieldProps) {
  // As it is written: "0." is on its way to "0.5".
  const [text, setText] = useState(() => writeSeconds(target[timeout]));
  const [isTyping, setIsTyping] = useState(false);
  const change = (written: string) => {
    setText(written);
    setIsTyping(true);
    onChange(withTimeout(target, timeout, readSeconds(written)));
  };
  return (
    <Field label={label} name={timeout} hint={hint} error={isTyping ? undefined : problem}>
      <Input
        value={text}
        onValueChange={change}
        onBlur={() => setIsTyping(false)}
        inputMode="decimal"
        autoComplete="off"
        placeholder="As usual"
      />
    </Field>
  );
}

const AS_USUAL = "usual";
const RETRY_OPTIONS = [
  { value: AS_USUAL, label: "As usual" },
  { value: "0", label: "None" },
  ...Array.from({ length: RETRIES.max }, (_, at) => ({ value: String(at + 1), label: String(at + 1) })),
];

function RetriesField({ target, onChange }: Pick<PatienceFieldsProps, "target" | "onChange">) {
  return (
    <Field label="Retries" name="maxRetries" hint="Usually 1, or 2 where no other target is left.">
      <Select
        value={target.maxRetries === undefined ? AS_USUAL : String(target.maxRetries)}
        onChange={(picked) => onChange(withRetries(target, picked === AS_USUAL ? undefined : Number(picked)))}
        options={RETRY_OPTIONS}
      />
    </Field>
  );
}
