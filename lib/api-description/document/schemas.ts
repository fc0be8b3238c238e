import { z } from "zod";
import type { JsonSchema } from "./document.ts";

export interface SchemaCollection {
  /** By name: those that carry an id. */
  components: Record<string, JsonSchema>;
  /** The JSON Schema of what is sent (`input`) or answered (`output`); named schemas become references. */
  describe(schema: z.ZodType, io: "input" | "output"): JsonSchema;
}

const ZOD_PLACE = "#/$defs/";
const OUR_PLACE = "#/components/schemas/";

export function collectSchemas(): SchemaCollection {
  const components: Record<string, JsonSchema> = {};
  return {
    components,
    describe(schema, io) {
      const {
        $schema: _,
        $defs = {},
        ...root
      } = z.toJSONSchema(schema, {
        io,
        override: ({ zodSchema, jsonSchema }) => simplify(zodSchema, jsonSchema as JsonSchema),
      });
      for (const [name, found] of Object.entries($defs)) {
        const described = withOurReferences(found);
        const known = components[name];
        if (known !== undefined && JSON.stringify(known) !== JSON.stringify(described)) {
          throw new Error(`Two schemas are called ${name}, or it is not the same sent and answered.`);
        }
        components[name] = described;
      }
      return withOurReferences(root);
    },
  };
}

/** Leaves out what a reader learns nothing from. */
function simplify(zodSchema: z.core.$ZodType, json: JsonSchema): void {
  // The format says it, and better.
  if (json.format !== undefined) delete json.pattern;
  if (json.minimum === Number.MIN_SAFE_INTEGER) delete json.minimum;
  if (json.maximum === Number.MAX_SAFE_INTEGER) delete json.maximum;
  // Answers may grow: only what is strict says that there is nothing else.
  const { def } = zodSchema._zod;
  if (def.type === "object" && (def as z.core.$ZodObjectDef).catchall === undefined) delete json.additionalProperties;
}

function withOurReferences(schema: object): JsonSchema {
  return JSON.parse(JSON.stringify(schema), (key, value: unknown) =>
    key === "$ref" && typeof value === "string" ? value.replace(ZOD_PLACE, OUR_PLACE) : value,
  ) as JsonSchema;
}
