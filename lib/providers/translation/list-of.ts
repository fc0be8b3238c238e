import { z } from "zod";

/**
 * A list whose elements each fit `element`. Unlike zod's own it stops at the first that does not: with one report an
 * element, a body of millions of wrong ones would take gigabytes.
 */
export function listOf<Type extends z.ZodType>(element: Type) {
  return z.unknown().transform((value, context): z.output<Type>[] => {
    if (!Array.isArray(value)) {
      context.addIssue({ code: "custom", message: "must be a list" });
      return z.NEVER;
    }
    const elements: z.output<Type>[] = [];
    for (const [index, one] of value.entries()) {
      const parsed = element.safeParse(one);
      if (parsed.success) {
        elements.push(parsed.data);
        continue;
      }
      const issue = parsed.error.issues[0];
      context.addIssue({
        code: "custom",
        path: [index, ...(issue?.path ?? [])],
        message: issue?.message ?? "is not valid",
      });
      return z.NEVER;
    }
    return elements;
  });
}
