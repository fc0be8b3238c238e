import { PROVIDERS } from "#lib/providers/registry/index.ts";
import { authorize } from "../authorize.ts";
import type { ServiceContext } from "../context.ts";
import type { ProviderList } from "./providers/schemas.ts";

/** Every provider that a connection can be made to, and what its form has to ask for. */
export async function listProviders(context: ServiceContext): Promise<ProviderList> {
  authorize(context, "connection:read");
  const data = PROVIDERS.map(({ id, name, docsUrl, hosting, fields, regions, wires }) => ({
    id,
    name,
    docsUrl,
    hosting,
    fields: fields.map(({ unless = null, default: preset = null, ...field }) => ({
      ...field,
      unless,
      default: preset,
    })),
    regions: [...regions],
    listsModels: wires["openai-chat"] !== undefined && !wires["openai-chat"].path.includes("{"),
  }));
  return { data };
}
