import Link from "next/link";
import { Fragment } from "react";
import { Snippet } from "#components/feedback/snippet.tsx";
import type { ApiDocument, Parameter } from "#lib/api-description/document/document.ts";
import { describeLimits, describeType, listValues } from "#lib/api-description/reference/describe-type.ts";
import { listErrors } from "#lib/api-description/reference/list-errors.ts";
import { type Field, listFields } from "#lib/api-description/reference/list-fields.ts";
import type { ReferenceOperation } from "#lib/api-description/reference/reference.ts";
import { AnchoredHeading } from "./anchored-heading.tsx";
import { Answers } from "./answers.tsx";
import { ErrorList } from "./error-list.tsx";
import { FieldList } from "./field-list.tsx";
import { MethodBadge } from "./method-badge.tsx";
import { CALL_ERRORS_PATH, MANAGEMENT_ERRORS_PATH } from "./paths.ts";
import { InlineText, RichText } from "./rich-text.tsx";

type Components = ApiDocument["components"];

/** One operation: what it does, the command to run, what it is sent and what comes back. */
export function OperationArticle({
  method,
  path,
  operation,
  components,
}: ReferenceOperation & { components: Components }) {
  const { operationId, summary, description, externalDocs, responses } = operation;
  return (
    <article id={operationId} aria-label={summary} className="flex max-w-3xl min-w-0 flex-col gap-4 border-t pt-6">
      <div className="flex flex-col gap-2">
        <AnchoredHeading anchor={operationId}>{summary}</AnchoredHeading>
        <p className="flex items-start gap-2">
          <MethodBadge method={method} />
          <code className="figures min-w-0 text-sm leading-5 break-words">
            <BreakablePath path={path} />
          </code>
        </p>
        <RichText text={description} />
        {externalDocs && (
          <p>
            <a href={externalDocs.url} rel="noreferrer" className="text-sm underline underline-offset-2">
              {externalDocs.description}
            </a>
          </p>
        )}
      </div>
      {operation["x-codeSamples"].map(({ label, source }) => (
        <Snippet key={label} label={`${summary} with ${label}`} code={source} />
      ))}
      <Sent operation={operation} />
      <Answers responses={responses} components={components} />
      <Errors operation={operation} />
    </article>
  );
}

/** A long path goes on in the next line between its parts. */
function BreakablePath({ path }: { path: string }) {
  return path.split(/(?=\/)/).map((part) => (
    <Fragment key={part}>
      <wbr />
      {part}
    </Fragment>
  ));
}

const PLACES = [
  { place: "path", title: "In the path" },
  { place: "query", title: "In the query" },
  { place: "header", title: "Headers" },
] as const;

/** What a request is made of. */
function Sent({ operation: { parameters, requestBody } }: Pick<ReferenceOperation, "operation">) {
  const body = requestBody?.content["application/json"]?.schema;
  const bodyFields = body === undefined ? [] : listFields(body);
  return (
    <>
      {PLACES.map(({ place, title }) => {
        const found = parameters.filter((parameter) => parameter.in === place);
        return found.length > 0 && <SentPart key={place} title={title} fields={found.map(toField)} />;
      })}
      {bodyFields.length > 0 && <SentPart title="Body" fields={bodyFields} />}
    </>
  );
}

function SentPart({ title, fields }: { title: string; fields: readonly Field[] }) {
  return (
    <div className="flex flex-col gap-1.5">
      <h3 className="text-sm font-semibold">{title}</h3>
      <FieldList fields={fields} isSent />
    </div>
  );
}

function toField({ name, description, required, schema, example }: Parameter): Field {
  return {
    parent: "",
    name,
    type: describeType(schema),
    values: listValues(schema),
    limits: [...describeLimits(schema), ...(example === undefined ? [] : [`such as ${String(example)}`])],
    isRequired: required,
    description,
  };
}

/** What can go wrong here alone in whole, what can go wrong everywhere by name. */
function Errors({ operation }: Pick<ReferenceOperation, "operation">) {
  const { own, usual } = listErrors(operation);
  if (own.length + usual.length === 0) return null;
  return (
    <div className="flex flex-col gap-1.5">
      <h3 className="text-sm font-semibold">Errors</h3>
      {own.length > 0 && <ErrorList errors={own} />}
      <p className="text-sm text-ink-muted">
        <Link
          href={operation["x-permission"] === undefined ? CALL_ERRORS_PATH : MANAGEMENT_ERRORS_PATH}
          prefetch={false}
          className="underline underline-offset-2 hover:text-ink"
        >
          As everywhere
        </Link>
        : <InlineText text={usual.map(({ status, code }) => `${status} \`${code}\``).join(", ")} />
      </p>
    </div>
  );
}
