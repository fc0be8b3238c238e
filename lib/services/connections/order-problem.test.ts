import { expect, test } from "vitest";
import { findOrderProblem } from "./order-problem.ts";

const connections = [
  { id: "1", name: "Main" },
  { id: "2", name: "Research" },
  { id: "3", name: "Overflow" },
];

test.each<[string, string[], string | null]>([
  ["every one of them once, in whichever order", ["3", "1", "2"], null],
  ["one left out", ["1", "2"], "it leaves out Overflow"],
  ["several left out", ["2"], "it leaves out Main and 1 more"],
  ["one twice", ["1", "2", "1"], "it names Main more than once"],
  ["one that is not there, whose id is not repeated", ["1", "2", "3", "4"], "it names one that is not there"],
])("%s", (_, ids, problem) => {
  expect(findOrderProblem(connections, ids)).toBe(problem);
});
