import type { ReactNode } from "react";
import { Field, Input } from "#components/ui/field.tsx";
import { TextArea } from "#components/ui/text-area.tsx";
import type { ProviderList } from "#lib/services/connections/providers/schemas.ts";
import type { ConnectionDto } from "#lib/services/connections/schemas.ts";
import { isRegionField } from "./region-fields.ts";
import { SuggestInput } from "./suggest-input.tsx";

export type Provider = ProviderList["data"][number];
type ProviderField = Provider["fields"][number];
type Own = NonNullable<ConnectionDto["own"]>;

interface ProviderFieldsProps {
  fields: readonly ProviderField[];
  /** The provider's own, to suggest where a field asks for one. */
  regions?: readonly string[];
  /** What is stored; null: nothing yet. */
  own: Own | null;
  /** Messages by field of the API. */
  errors: Readonly<Record<string, string>>;
}

/** What an account at a provider needs. Secrets go in and never come back. */
export function ProviderFields({ fields, regions = [], own, errors }: ProviderFieldsProps) {
  return fields.map((field) => {
    const isStored = own?.secretFields.includes(field.id) ?? false;
    const other = fields.find(({ id }) => id === field.unless)?.label ?? null;
    return (
      <Field
        key={field.id}
        name={`fields.${field.id}`}
        label={field.isRequired ? field.label : `${field.label} (optional)`}
        hint={
          isStored ? (
            <StoredHint hint={field.hint} lastFour={own?.secretHint ?? null} />
          ) : (
            <Hint field={field} other={other} />
          )
        }
        error={errors[`fields.${field.id}`]}
      >
        <Control
          field={field}
          suggestions={isRegionField(field.id) ? regions : []}
          stored={own?.fields[field.id] ?? ""}
          isStored={isStored}
        />
      </Field>
    );
  });
}

function Hint({ field, other }: { field: ProviderField; other: string | null }): ReactNode {
  const { hint, default: preset } = field;
  return (
    <>
      {hint}
      {other !== null && ` Not needed where ${other} is given.`}
      {preset !== null && (
        <>
          {" "}
          Left blank it is <span className="figures">{preset}</span>.
        </>
      )}
    </>
  );
}

function StoredHint({ hint, lastFour }: { hint: string; lastFour: string | null }): ReactNode {
  return (
    <>
      Left blank, the stored one stays
      {lastFour !== null && (
        <>
          , which ends in <span className="figures">{lastFour}</span>
        </>
      )}
      . {hint}
    </>
  );
}

interface ControlProps {
  field: ProviderField;
  suggestions: readonly string[];
  stored: string;
  isStored: boolean;
}

function Control({ field, suggestions, stored, isStored }: ControlProps) {
  const { format, isSecret } = field;
  const common = { autoComplete: "off", spellCheck: false, defaultValue: isSecret ? "" : stored } as const;
  if (format === "service-account") return <TextArea {...common} placeholder={isStored ? "Stored" : "{ … }"} />;
  if (suggestions.length > 0) return <SuggestInput defaultValue={stored} suggestions={suggestions} />;
  if (!isSecret) return <Input {...common} inputMode={format === "url" ? "url" : "text"} className="figures" />;
  // "new-password" keeps a browser from offering the person's own password for the provider's key.
  return (
    <Input
      {...common}
      type="password"
      autoComplete="new-password"
      placeholder={isStored ? "Stored" : ""}
      className="figures"
    />
  );
}
