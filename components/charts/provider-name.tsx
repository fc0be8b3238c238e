import { formatProvider } from "#lib/format/provider.ts";
import { providerColor } from "./series-color.ts";

/** A provider's name with the colour it has in charts. */
export function ProviderName({ provider }: { provider: string }) {
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <span aria-hidden className="size-2 shrink-0 rounded-xs" style={{ background: providerColor(provider) }} />
      {formatProvider(provider)}
    </span>
  );
}
