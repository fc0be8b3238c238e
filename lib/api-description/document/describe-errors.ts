import type { DescribedResponse } from "./document.ts";
import type { ERROR_SCHEMAS } from "./shared.ts";

interface Errors {
  /** Each code and when it comes. */
  codes: Readonly<Record<string, string>>;
  statusOf: Readonly<Record<string, number>>;
  schema: keyof typeof ERROR_SCHEMAS;
  headers: Record<string, { $ref: string }>;
}

/** The error answers of an operation, one for each status. */
export function describeErrors({ codes, statusOf, schema, headers }: Errors): Record<string, DescribedResponse> {
  const byStatus = Map.groupBy(Object.entries(codes), ([code]) => String(statusOf[code]));
  const statuses = [...byStatus.keys()].sort();
  return Object.fromEntries(
    statuses.map((status) => {
      const found = byStatus.get(status) ?? [];
      const response: DescribedResponse = {
        description: found.map(([code, when]) => `\`${code}\`: ${when}`).join(" "),
        headers,
        content: { "application/json": { schema: { $ref: `#/components/schemas/${schema}` } } },
        "x-codes": Object.fromEntries(found),
      };
      return [status, response];
    }),
  );
}
