import { z } from "zod";

/**
 * A list whose elements each pass `element`. Unlike zod's own it stops at the first that does not: with one report an
 * element, a body of millions of wrong ones would take gigabytes.
 */
export function listOf<Element = unknown>(element: z.ZodType, message = "must be a list") {
  return z.custom<Element[]>().superRefine((value: unknown, context) => {
    if (!Array.isArray(value)) {
      context.addIssue({ code: "custom", message, continue: false });
      return;
    }
    for (const [index, one] of value.entries()) {
      const issue = element.safeParse(one).error?.issues[0];
      if (issue === undefined) continue;
      context.addIssue({ code: "custom", path: [index, ...issue.path], message: issue.message, continue: false });
      return;
    }
  });
}
