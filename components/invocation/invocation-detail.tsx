import type { ReactNode } from "react";
import { ProviderName } from "#components/charts/provider-name.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { formatDuration, formatMicroseconds } from "#lib/format/duration.ts";
import { formatInteger } from "#lib/format/numbers.ts";
import { formatDateTime } from "#lib/format/time.ts";
import type { InvocationDetailDto } from "#lib/services/invocations/schemas.ts";
import { AttemptWaterfall } from "./attempt-waterfall.tsx";
import { Cost } from "./figures.tsx";
import { SimulatedBadge } from "./simulated-badge.tsx";
import { StatusBadge } from "./status-badge.tsx";
import { Unknown } from "./unknown.tsx";

export function InvocationDetail({ invocation }: { invocation: InvocationDetailDto }) {
  return (
    <div className="flex flex-col gap-6">
      <Summary invocation={invocation} />
      <Section title={invocation.attempts.length === 1 ? "1 attempt" : `${invocation.attempts.length} attempts`}>
        <AttemptWaterfall attempts={invocation.attempts} totalMs={invocation.latencyMs} />
      </Section>
      <Section title={invocation.isUsageEstimated ? "Tokens and cost, estimated" : "Tokens and cost"}>
        {invocation.isUsageEstimated && (
          <p className="text-sm text-ink-muted">
            The provider did not say what it charges: it never does, or the answer was left before its end. These
            figures are counted from what was sent and what came.
          </p>
        )}
        <Facts>
          <Fact label="Input tokens">{tokens(invocation.inputTokens)}</Fact>
          <Fact label="of them read from cache">{tokens(invocation.cachedInputTokens)}</Fact>
          <Fact label="Output tokens">{tokens(invocation.outputTokens)}</Fact>
          <Fact label="of them for reasoning">{tokens(invocation.reasoningTokens)}</Fact>
          <Fact label="Cost in US dollars">
            <Cost costNanoUsd={invocation.costNanoUsd} isExact />
          </Fact>
        </Facts>
      </Section>
      <Section title="Routing">
        <Facts>
          <Fact label="Mode">{invocation.mode}</Fact>
          <Fact label="Tier">{invocation.tier ?? <Unknown because="The call named its model itself." />}</Fact>
          <Fact label="Route version">{invocation.routeVersion}</Fact>
          <Fact label="API">{WIRE_NAMES[invocation.wire] ?? invocation.wire}</Fact>
          <Fact label="Answer">{describeAnswer(invocation)}</Fact>
          <Fact label="HTTP status">{invocation.httpStatus}</Fact>
        </Facts>
      </Section>
      <Section title="Identity">
        <Facts>
          <Fact label="Request id">
            <Identifier value={invocation.requestId} label="Copy request id" />
          </Fact>
          <Fact label="Invocation">
            <Identifier value={invocation.id} label="Copy invocation id" />
          </Fact>
          <Fact label="API key">
            {invocation.apiKeyId ? (
              <Identifier value={invocation.apiKeyId} label="Copy API key id" />
            ) : (
              <Unknown because="The key has been deleted." />
            )}
          </Fact>
        </Facts>
      </Section>
      <Metadata metadata={invocation.metadata} />
    </div>
  );
}

function Summary({ invocation }: { invocation: InvocationDetailDto }) {
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-col gap-2">
        <p className="text-lg font-semibold break-words">{invocation.functionSlug ?? "Direct call of a model"}</p>
        <div className="flex flex-wrap items-center gap-2">
          <StatusBadge status={invocation.status} />
          {invocation.isSimulated && <SimulatedBadge />}
          {invocation.failureKind && <Badge>{invocation.failureKind}</Badge>}
        </div>
      </div>
      <Facts>
        <Fact label="Time">{formatDateTime(invocation.createdAt)}</Fact>
        <Fact label="Provider">
          {invocation.provider ? (
            <ProviderName provider={invocation.provider} />
          ) : (
            <Unknown because="No provider answered." />
          )}
        </Fact>
        <Fact label="Model">{invocation.model ?? <Unknown because="No model answered." />}</Fact>
        <Fact label="Latency">{formatDuration(invocation.latencyMs)}</Fact>
        {invocation.firstTokenMs !== null && (
          <Fact label="First token after">{formatDuration(invocation.firstTokenMs)}</Fact>
        )}
        <Fact label="In the gateway itself">{formatMicroseconds(invocation.overheadUs)}</Fact>
      </Facts>
    </div>
  );
}

function Metadata({ metadata }: { metadata: Record<string, string> | null }) {
  const entries = Object.entries(metadata ?? {});
  if (entries.length === 0) return null;
  return (
    <Section title="Metadata">
      <Facts>
        {entries.map(([key, value]) => (
          <Fact key={key} label={key}>
            {value}
          </Fact>
        ))}
      </Facts>
    </Section>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-2">
      <h3 className="font-semibold">{title}</h3>
      {children}
    </section>
  );
}

function Facts({ children }: { children: ReactNode }) {
  return <dl className="panel divide-y text-sm">{children}</dl>;
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex min-h-8 items-center justify-between gap-4 px-3 py-1">
      <dt className="shrink-0 text-ink-muted">{label}</dt>
      <dd className="figures min-w-0 text-right break-words">{children}</dd>
    </div>
  );
}

function Identifier({ value, label }: { value: string; label: string }) {
  return (
    <span className="flex items-center justify-end gap-1">
      <span className="text-xs break-all">{value}</span>
      <CopyButton text={value} label={label} />
    </span>
  );
}

/** The APIs that callers speak, by their makers' names for them. */
const WIRE_NAMES: Readonly<Record<string, string>> = {
  "openai-chat": "OpenAI Chat Completions",
  "openai-embeddings": "OpenAI Embeddings",
  "openai-responses": "OpenAI Responses",
  "anthropic-messages": "Anthropic Messages",
};

function describeAnswer({ isStream, delivery }: InvocationDetailDto): string {
  if (!isStream) return "in one piece";
  return delivery === "whole" ? "streamed once it was whole" : "streamed as it came";
}

function tokens(count: number | null): ReactNode {
  return count === null ? <Unknown because="The provider did not say." /> : formatInteger(count);
}
