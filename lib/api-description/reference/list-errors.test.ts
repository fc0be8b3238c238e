import { expect, test } from "vitest";
import { buildDocument } from "../document/build.ts";
import { type ListedError, listErrors, listUsualErrors } from "./list-errors.ts";
import { groupOperations } from "./reference.ts";

const groups = groupOperations(buildDocument());
const operations = groups.flatMap((group) => group.operations.map(({ operation }) => operation));
const codesOf = (errors: readonly ListedError[]) => errors.map(({ status, code }) => `${status} ${code}`);

test("what an error means at one operation alone is told apart from what it means everywhere", () => {
  const deletion = operations.find(({ operationId }) => operationId === "deleteConnection");
  if (deletion === undefined) throw new Error("deleteConnection is not described.");
  const { own, usual } = listErrors(deletion);
  expect(codesOf(own)).toEqual(["404 not_found", "409 conflict"]);
  expect(own[1]?.when).toContain("Functions would lose a target");
  expect(codesOf(usual)).toContain("401 invalid_api_key");
});

test("every error that an operation leaves unexplained is among the usual ones", () => {
  const calls = groups.filter(({ title }) => title === "Calls");
  const others = groups.filter(({ title }) => title !== "Calls");
  for (const part of [calls, others]) {
    const known = codesOf(listUsualErrors(part));
    expect(new Set(known).size).toBe(known.length);
    const left = part.flatMap((group) => group.operations.flatMap(({ operation }) => listErrors(operation).usual));
    expect(codesOf(left).filter((code) => !known.includes(code))).toEqual([]);
  }
});
