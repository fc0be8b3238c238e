import type { ConnectionDto } from "#lib/services/connections/schemas.ts";
import type { Provider } from "./provider-fields.tsx";

interface Entered {
  /** By field id; null takes a stored value away. A blank secret is left out: what is stored stays. */
  fields: Record<string, string | null>;
  /** Undefined where the form does not ask: what is stored stays. */
  regions: string[] | undefined;
}

/** What a person entered of an account, against what is stored. */
export function readEntered(provider: Provider, own: ConnectionDto["own"], data: FormData): Entered {
  const fields: Entered["fields"] = {};
  for (const { id, isSecret } of provider.fields) {
    const value = String(data.get(`fields.${id}`) ?? "").trim();
    if (value !== "") fields[id] = value;
    else if (!isSecret && own?.fields[id] !== undefined) fields[id] = null;
  }
  const regions = data.get("regions");
  return { fields, regions: regions === null ? undefined : splitRegions(String(regions)) };
}

/** `eu-central-1, eu-west-1` one by one. */
export function splitRegions(text: string): string[] {
  return text.split(/[\s,]+/).filter((region) => region !== "");
}
