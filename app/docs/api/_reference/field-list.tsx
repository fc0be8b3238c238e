"use client";

import Link from "next/link";
import { Fragment } from "react";
import type { TypePart } from "#lib/api-description/reference/describe-type.ts";
import type { Field } from "#lib/api-description/reference/list-fields.ts";
import { schemaPath } from "./paths.ts";
import { InlineText } from "./rich-text.tsx";

interface FieldListProps {
  fields: readonly Field[];
  /** In what is sent the needed ones are marked, in what is answered those that may be absent. */
  isSent: boolean;
}

/**
 * Fields one below the other: name, type, meaning, bounds. Rendered from data in the browser too, since a server
 * component would send each of a page's hundreds of rows twice, as HTML and as elements.
 */
export function FieldList({ fields, isSent }: FieldListProps) {
  return (
    <dl className="divide-y border-y">
      {fields.map((field, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two alternatives may have fields of one name; nothing moves
        <FieldRow key={at} field={field} isSent={isSent} />
      ))}
    </dl>
  );
}

function FieldRow({ field, isSent }: { field: Field; isSent: boolean }) {
  const { parent, name, type, values, limits, isRequired, description } = field;
  const mark = isSent ? isRequired && "required" : !isRequired && "may be absent";
  return (
    <div className="flex flex-col gap-0.5 py-2">
      <dt className="flex flex-wrap items-baseline gap-x-2">
        <code className="figures min-w-0 text-sm break-all">
          <span className="text-ink-subtle">{parent}</span>
          <span className="font-medium">{name}</span>
        </code>
        <span className="text-xs text-ink-subtle">
          <TypeText type={type} />
        </span>
        {mark && <span className="text-xs font-medium text-ink-muted">{mark}</span>}
      </dt>
      {description && (
        <dd className="max-w-prose text-sm text-ink-muted">
          <InlineText text={description} />
        </dd>
      )}
      {(values.length > 0 || limits.length > 0) && (
        <dd className="flex flex-wrap gap-x-3 gap-y-1 text-xs text-ink-subtle">
          {values.length > 0 && <InlineText text={values.map((value) => `\`${value}\``).join(" ")} />}
          {limits.length > 0 && <span className="min-w-0 break-words">{limits.join(", ")}</span>}
        </dd>
      )}
    </div>
  );
}

/** A type, with a link for each named schema in it. */
export function TypeText({ type }: { type: readonly TypePart[] }) {
  return type.map((part, at) =>
    typeof part === "string" ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one type never change
      <Fragment key={at}>{part}</Fragment>
    ) : (
      <SchemaLink key={part.schema} name={part.schema} />
    ),
  );
}

/** Leads to a named schema's fields. */
export function SchemaLink({ name }: { name: string }) {
  return (
    <Link
      href={schemaPath(name)}
      prefetch={false}
      className="figures text-ink-muted underline underline-offset-2 hover:text-ink"
    >
      {name}
    </Link>
  );
}
