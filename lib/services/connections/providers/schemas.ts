import { z } from "zod";
import { connectionHosting, providerName } from "../../schemas.ts";

const providerFieldSchema = z.object({
  id: z.string().describe("Its name in `fields` of a connection: `apiKey`, `baseUrl`, `region` …"),
  label: z.string().describe("What people call it."),
  hint: z.string().describe("One sentence for people: where to find it, or what it looks like."),
  format: z
    .string()
    .describe(
      "What a value must look like: `text`, one line; `url`, with http:// or https://; `label`, letters, digits and hyphens; `pairs`, such as `model=deployment,…`; `service-account`, the JSON of a Google service account's key.",
    ),
  isSecret: z.boolean().describe("Whether it is stored encrypted and never shown again."),
  isRequired: z.boolean().describe("Whether a connection cannot do without it."),
  unless: z.string().nullable().describe("A field that makes this one needless when it is given; null: none does."),
  default: z.string().nullable().describe("What holds where it is left out; null: nothing."),
});

const providerSchema = z
  .object({
    id: z.string().describe("Its id, which everything else names it by."),
    name: providerName,
    docsUrl: z.string().describe("Where its own documentation stands."),
    hosting: connectionHosting,
    fields: z.array(providerFieldSchema).describe("What a form has to ask for."),
    regions: z.array(z.string()).describe("To suggest; a newer one works too. Empty: there is nothing to choose."),
    listsModels: z.boolean().describe("Whether its models can be discovered from it."),
  })
  .meta({ id: "Provider", description: "A kind of upstream that a connection can be made to." });

export const providerListSchema = z
  .object({ data: z.array(providerSchema).describe("Every one, whether or not the tenant has a connection to it.") })
  .meta({ id: "ProviderList", description: "The providers that connections can be made to." });
export type ProviderList = z.infer<typeof providerListSchema>;
