import type { ApiDocument, SecurityScheme } from "#lib/api-description/document/document.ts";
import { InlineText, RichText } from "./rich-text.tsx";
import { Variables } from "./variables.tsx";

/** What holds for every operation: where it is, who asks, what the samples need. */
export function Introduction({ document: { info, components } }: { document: ApiDocument }) {
  return (
    <section className="flex flex-col gap-6">
      <div className="flex flex-col gap-2">
        <h1 className="text-2xl font-semibold tracking-tight">API reference</h1>
        <RichText text={info.description} />
        <RichText text="Every answer has an `x-request-id`: the one that came with the request, or ours." />
        <p className="max-w-prose text-ink-muted">
          For programs the same is an{" "}
          <a href="/api/openapi.json" className="underline underline-offset-2 hover:text-ink">
            OpenAPI 3.1 document
          </a>
          .
        </p>
      </div>
      <div className="flex flex-col gap-2">
        <h2 className="text-lg font-semibold">Who asks</h2>
        <dl className="flex max-w-prose flex-col gap-2 text-ink-muted">
          {Object.values(components.securitySchemes).map((scheme) => (
            <div key={scheme.description}>
              <dt className="font-medium text-ink">{placeOf(scheme)}</dt>
              <dd>
                <InlineText text={scheme.description} />
              </dd>
            </div>
          ))}
        </dl>
      </div>
      <div className="flex max-w-2xl flex-col gap-2">
        <h2 className="text-lg font-semibold">The samples</h2>
        <RichText text="Each is a command for a POSIX shell in which these are set. Put your tenant’s slug in place of `demo`." />
        <Variables />
      </div>
    </section>
  );
}

function placeOf({ in: place = "header", name = "authorization" }: SecurityScheme): string {
  return `${place === "cookie" ? "Cookie" : "Header"} ${name}`;
}
