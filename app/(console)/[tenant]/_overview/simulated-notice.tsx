import { Notice } from "#components/feedback/notice.tsx";
import { formatProvider, platformKeyVariable } from "#lib/format/provider.ts";
import type { ModeDto } from "#lib/services/mode/schemas.ts";

/** Says which answers came from no real model, and how to change that; nothing where the platform answers no call. */
export function SimulatedNotice({ mode }: { mode: ModeDto }) {
  if (mode.mode === "self-hosted") return null;
  const providers = providersOf(mode);
  const hasOwn = mode.mode === "bring-your-own";
  return (
    <Notice tone="warn" title={hasOwn ? "The platform’s answers are simulated" : "Answers are simulated"}>
      <p className="max-w-4xl">
        {hasOwn
          ? "The platform has no provider account, so a built-in demo provider makes up what it answers. Your own accounts and servers answer for themselves."
          : "No provider account is connected, so a built-in demo provider makes up every answer. Routing, streaming, token counts and prices work as they would; no model is asked and nobody is billed."}
      </p>
      <p className="mt-1 max-w-4xl">
        To get real answers{hasOwn && " from it"}, the operator sets the key of at least one provider and restarts the
        server:{" "}
        {providers.map((provider, index) => (
          <span key={provider}>
            {index > 0 && (index === providers.length - 1 ? " or " : ", ")}
            <code className="figures text-xs whitespace-nowrap text-ink" title={formatProvider(provider)}>
              {platformKeyVariable(provider)}
            </code>
          </span>
        ))}
        .
      </p>
    </Notice>
  );
}

function providersOf(mode: ModeDto): string[] {
  const targets = mode.functions.flatMap((row) => Object.values(row.chains).flat());
  return [...new Set(targets.map((target) => target.provider))].sort();
}
