/**
 * Whether a schema is one that OpenAI takes as binding: no object of it has a field that may be missing or others than
 * those named. Anthropic binds its models to schemas with optional fields too; OpenAI would refuse those.
 */
export function isStrictSchema(schema: unknown): boolean {
  if (Array.isArray(schema)) return schema.every(isStrictSchema);
  if (typeof schema !== "object" || schema === null) return true;
  const { type, properties, required, additionalProperties } = schema as Record<string, unknown>;
  if (type === "object" || properties !== undefined) {
    const names = Object.keys((properties ?? {}) as object);
    const always = new Set(Array.isArray(required) ? required : []);
    if (additionalProperties !== false || !names.every((name) => always.has(name))) return false;
  }
  return Object.values(schema).every(isStrictSchema);
}
