import type { Metadata } from "next";
import { Snippet } from "#components/feedback/snippet.tsx";
import { listFields } from "#lib/api-description/reference/list-fields.ts";
import { AnchoredHeading } from "../_reference/anchored-heading.tsx";
import { API } from "../_reference/api.ts";
import { FieldList, SchemaLink } from "../_reference/field-list.tsx";
import { RichText } from "../_reference/rich-text.tsx";

export const metadata: Metadata = { title: "Schemas, API reference" };

const SCHEMAS = Object.entries(API.components.schemas);

/** The bodies that have a name, since several answers hold them. */
export default function SchemasPage() {
  return (
    <div className="flex max-w-3xl flex-col gap-8">
      <div className="flex flex-col gap-1">
        <h1 className="text-2xl font-semibold tracking-tight">Schemas</h1>
        <RichText text="What answers are made of. They may grow: ignore a field that you do not know." />
      </div>
      <nav aria-label="Schemas" className="columns-2 gap-4 sm:columns-3">
        <ul>
          {SCHEMAS.map(([name]) => (
            <li key={name} className="py-0.5 text-xs break-words sm:text-sm">
              <SchemaLink name={name} />
            </li>
          ))}
        </ul>
      </nav>
      {SCHEMAS.map(([name, schema]) => (
        <section key={name} id={name} aria-label={name} className="flex flex-col gap-2">
          <AnchoredHeading anchor={name} isCode>
            {name}
          </AnchoredHeading>
          {schema.description && <RichText text={schema.description} />}
          {schema.examples?.map((example) => (
            <Snippet key={name} label={`${name}, for example`} code={JSON.stringify(example, null, 2)} />
          ))}
          <FieldList fields={listFields(schema)} isSent={false} />
        </section>
      ))}
    </div>
  );
}
