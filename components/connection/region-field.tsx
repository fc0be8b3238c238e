"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Field, Input } from "#components/ui/field.tsx";
import { residencyOptions } from "#lib/queries/residency.ts";
import type { Provider } from "./provider-fields.tsx";
import { splitRegions } from "./read-entered.ts";
import { isRegionField } from "./region-fields.ts";

interface RegionFieldProps {
  tenant: string;
  provider: Provider;
  entered: readonly string[];
  error: string | undefined;
}

/** Where an account runs whose fields do not say it: in its own words, or one of the regions that calls may go to. */
export function RegionField({ tenant, provider, entered, error }: RegionFieldProps) {
  const [text, setText] = useState(entered.join(", "));
  const allowed = useQuery(residencyOptions(tenant)).data?.residency?.regions ?? [];
  if (provider.fields.some(({ id }) => isRegionField(id))) return null;
  const named = splitRegions(text);
  const suggestions = [...new Set([...allowed, ...provider.regions])].filter((region) => !named.includes(region));
  return (
    <div className="flex flex-col gap-2">
      <Field
        name="regions"
        label="Regions (optional)"
        hint="Where it runs, comma-separated, such as eu-central-1. A tenant that allows only some regions needs it."
        error={error}
      >
        <Input value={text} onValueChange={setText} autoComplete="off" spellCheck={false} className="figures" />
      </Field>
      {suggestions.length > 0 && (
        <ul aria-label="Regions to add" className="flex flex-wrap gap-1.5">
          {suggestions.map((region) => (
            <li key={region}>
              <Button size="small" aria-label={`Add ${region}`} onClick={() => setText([...named, region].join(", "))}>
                <Plus aria-hidden className="size-3" />
                <span className="figures">{region}</span>
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
