"use client";

import { Field, Input } from "#components/ui/field.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import type { ConnectionDto, CreateConnectionInput } from "#lib/services/connections/schemas.ts";
import { readDollars, writeDollars } from "./dollars.ts";

export type PriceInput = CreateConnectionInput["price"];
export type PriceKind = "none" | "tokens" | "gpu-hour";

const LABELS = { none: "None", tokens: "Per token", "gpu-hour": "Per GPU-hour" } as const;

interface PriceFieldsProps {
  hosting: ConnectionDto["hosting"];
  kind: PriceKind;
  onKind: (kind: PriceKind) => void;
  /** What is stored. */
  price: PriceInput;
  errors: Readonly<Record<string, string>>;
}

/** What the models cost here. */
export function PriceFields({ hosting, kind, onKind, price, errors }: PriceFieldsProps) {
  const isCloud = hosting === "cloud";
  const kinds: PriceKind[] = isCloud ? ["none", "tokens"] : ["none", "tokens", "gpu-hour"];
  const options = kinds.map((value) => ({ value, label: isCloud && value === "none" ? "Catalog" : LABELS[value] }));
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-col items-start gap-1.5">
        <span className="text-sm font-medium">Cost</span>
        <Segmented label="Cost" value={kind} onChange={onKind} options={options} />
        <p className="text-xs text-ink-subtle">{explain(kind, isCloud)}</p>
        {errors.price && (
          <p role="alert" className="text-sm text-bad">
            {errors.price}
          </p>
        )}
      </div>
      {kind === "tokens" && (
        <div className="grid gap-3 sm:grid-cols-2">
          <Dollars
            name="price.inputNanoUsdPerMillion"
            label="Input, $ per million tokens"
            stored={price?.kind === "tokens" ? price.inputNanoUsdPerMillion : null}
            errors={errors}
          />
          <Dollars
            name="price.outputNanoUsdPerMillion"
            label="Output, $ per million tokens"
            stored={price?.kind === "tokens" ? price.outputNanoUsdPerMillion : null}
            errors={errors}
          />
        </div>
      )}
      {kind === "gpu-hour" && (
        <Dollars
          name="price.nanoUsdPerHour"
          label="$ per GPU-hour"
          stored={price?.kind === "gpu-hour" ? price.nanoUsdPerHour : null}
          errors={errors}
        />
      )}
    </div>
  );
}

function explain(kind: PriceKind, isCloud: boolean): string {
  if (kind === "tokens") return "Every call costs its tokens at these prices.";
  if (kind === "gpu-hour") return "Every call costs the time that it kept the server busy.";
  return isCloud ? "Every model costs what the catalog says." : "Calls are counted without a cost.";
}

interface DollarsProps {
  name: string;
  label: string;
  stored: string | null;
  errors: Readonly<Record<string, string>>;
}

function Dollars({ name, label, stored, errors }: DollarsProps) {
  return (
    <Field name={name} label={label} error={errors[name]}>
      <Input
        inputMode="decimal"
        autoComplete="off"
        defaultValue={stored === null ? "" : writeDollars(stored)}
        className="figures"
      />
    </Field>
  );
}

const NO_AMOUNT = "Give dollars, such as 0.15.";

/** The price that was entered; or what is wrong with it, by field. */
export function readPrice(kind: PriceKind, data: FormData): { price: PriceInput; errors: Record<string, string> } {
  if (kind === "none") return { price: null, errors: {} };
  const names =
    kind === "tokens"
      ? (["inputNanoUsdPerMillion", "outputNanoUsdPerMillion"] as const)
      : (["nanoUsdPerHour"] as const);
  const amounts = names.map((name) => [name, readDollars(String(data.get(`price.${name}`) ?? ""))] as const);
  const wrong = amounts.filter(([, amount]) => amount === null).map(([name]) => [`price.${name}`, NO_AMOUNT]);
  if (wrong.length > 0) return { price: null, errors: Object.fromEntries(wrong) };
  return { price: { kind, ...Object.fromEntries(amounts) } as PriceInput, errors: {} };
}
