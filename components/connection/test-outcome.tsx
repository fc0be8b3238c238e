"use client";

import { useEffect, useRef } from "react";
import { LoadingRegion, Skeleton } from "#components/ui/skeleton.tsx";
import type { ConnectionTestResult } from "#lib/services/connections/tests/schemas.ts";
import { TestSteps } from "./test-steps.tsx";

const STEPS = ["a", "b", "c", "d", "e", "f"];

interface TestOutcomeProps {
  isRunning: boolean;
  result: Pick<ConnectionTestResult, "isOk" | "model" | "steps"> | null;
}

/** How a test goes and went; read out and brought into sight when it is over. */
export function TestOutcome({ isRunning, result }: TestOutcomeProps) {
  const place = useRef<HTMLDivElement>(null);
  const wasRunning = useRef(false);
  const isShown = isRunning || result !== null;
  useEffect(() => {
    // A test of long ago stays where it is.
    if (isRunning || wasRunning.current) place.current?.scrollIntoView({ block: "nearest" });
    wasRunning.current = isRunning;
  }, [isRunning]);
  return (
    <div ref={place} aria-live="polite">
      {isShown && (
        <div className="panel flex flex-col gap-1 p-3">
          {isRunning ? <Running /> : result !== null && <Outcome result={result} />}
        </div>
      )}
    </div>
  );
}

function Running() {
  return (
    <LoadingRegion label="Testing">
      <p className="text-sm font-medium">Testing…</p>
      <div className="flex flex-col">
        {STEPS.map((step) => (
          <div key={step} className="border-b py-2 last:border-b-0">
            <Skeleton className="h-9" />
          </div>
        ))}
      </div>
    </LoadingRegion>
  );
}

function Outcome({ result: { isOk, model, steps } }: { result: NonNullable<TestOutcomeProps["result"]> }) {
  return (
    <>
      <p className="text-sm font-semibold">
        {isOk ? "The test passed" : "The test did not pass"}
        {model !== null && (
          <span className="font-normal text-ink-muted">
            {" "}
            with <span className="figures">{model}</span>
          </span>
        )}
      </p>
      <TestSteps steps={steps} />
    </>
  );
}
