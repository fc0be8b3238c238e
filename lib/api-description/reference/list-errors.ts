import type { DescribedOperation } from "../document/document.ts";
import { CALL_ERRORS, MANAGEMENT_ERRORS } from "../errors.ts";
import type { ReferenceGroup } from "./reference.ts";

export interface ListedError {
  status: string;
  code: string;
  when: string;
}

const USUAL_MEANINGS = new Set<string>([...Object.values(MANAGEMENT_ERRORS), ...Object.values(CALL_ERRORS)]);

/** An operation's errors: those that mean something of their own there, and those that mean what they always do. */
export function listErrors({ responses }: DescribedOperation): { own: ListedError[]; usual: ListedError[] } {
  const all = Object.entries(responses).flatMap(([status, response]) =>
    Object.entries(response["x-codes"] ?? {}).map(([code, when]) => ({ status, code, when })),
  );
  return {
    own: all.filter(({ when }) => !USUAL_MEANINGS.has(when)),
    usual: all.filter(({ when }) => USUAL_MEANINGS.has(when)),
  };
}

/** The errors that mean the same in all of these groups, each once, by status. */
export function listUsualErrors(groups: readonly ReferenceGroup[]): ListedError[] {
  const usual = groups.flatMap(({ operations }) => operations.flatMap(({ operation }) => listErrors(operation).usual));
  const byCode = new Map(usual.map((error) => [error.code, error]));
  return [...byCode.values()].sort((a, b) => a.status.localeCompare(b.status) || a.code.localeCompare(b.code));
}
