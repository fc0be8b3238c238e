import { expect, test } from "vitest";
import type { CircuitDto, ConnectionDto } from "#lib/services/connections/schemas.ts";
import { stateOf, sumCalls } from "./connection-state.ts";

const circuit = (change: Partial<CircuitDto> = {}): CircuitDto => ({
  model: "m",
  modelName: "M",
  state: "ready",
  waitMs: 0,
  attempts: 4,
  failures: 0,
  ...change,
});
const tested = (isOk: boolean) => ({ testedAt: "2026-11-23T00:00:00Z", isOk, model: null, steps: [] });
const connection = (
  change: Partial<ConnectionDto> = {},
  own: Partial<NonNullable<ConnectionDto["own"]>> = {},
): ConnectionDto => ({
  id: "1",
  owner: "tenant",
  provider: "openai",
  providerName: "OpenAI",
  name: "OpenAI",
  hosting: "cloud",
  regions: [],
  host: "api.openai.com",
  isSimulated: false,
  unopened: null,
  circuits: [],
  activity: { attempts: 0, failures: 0, lastSuccessAt: null },
  own: {
    priority: 1,
    isEnabled: true,
    fields: {},
    secretFields: ["apiKey"],
    secretHint: "wxyz",
    enteredRegions: [],
    models: [],
    price: null,
    lastTest: null,
    health: null,
    createdAt: "2026-11-23T00:00:00Z",
    updatedAt: "2026-11-23T00:00:00Z",
    updatedBy: "Ada",
    ...own,
  },
  ...change,
});

test("what nobody has tried is not called working", () => {
  expect(stateOf(connection())).toBe("untested");
});

test("the last test tells, until calls tell better", () => {
  expect(stateOf(connection({}, { lastTest: tested(true) }))).toBe("working");
  expect(stateOf(connection({}, { lastTest: tested(false) }))).toBe("test-failed");
  expect(stateOf(connection({ circuits: [circuit()] }, { lastTest: tested(false) }))).toBe("working");
  expect(stateOf(connection({ circuits: [circuit({ state: "open" })] }, { lastTest: tested(true) }))).toBe("failing");
});

test("a server of one's own is up or down by its last check, until calls tell better; a test of long ago does not count", () => {
  const health = (status: "up" | "down" | "unknown") => ({
    health: {
      status,
      since: null,
      checkedAt: null,
      latencyMs: null,
      lastFailure: null,
      newModels: [],
      goneModels: [],
      hours: [],
    },
    lastTest: tested(true),
  });
  expect(stateOf(connection({}, health("up")))).toBe("up");
  expect(stateOf(connection({}, health("down")))).toBe("down");
  expect(stateOf(connection({ circuits: [circuit()] }, health("down")))).toBe("working");
  expect(stateOf(connection({}, health("unknown")))).toBe("working");
});

test("a call that succeeded since it was changed or tested shows that it works", () => {
  const called = (lastSuccessAt: string) => ({ activity: { attempts: 1, failures: 0, lastSuccessAt } });
  expect(stateOf(connection(called("2026-11-23T00:00:01.000Z")))).toBe("working");
  expect(stateOf(connection(called("2026-11-22T23:59:59.000Z")))).toBe("untested");
  expect(stateOf(connection(called("2026-11-22T23:59:59.000Z"), { lastTest: tested(false) }))).toBe("test-failed");
});

test("one model that fails or waits shows, whatever the others do", () => {
  expect(stateOf(connection({ circuits: [circuit(), circuit({ state: "open" })] }))).toBe("failing");
  expect(stateOf(connection({ circuits: [circuit(), circuit({ state: "cooling" })] }))).toBe("waiting");
});

test("a key that cannot be opened comes before what calls showed, and disabled before everything", () => {
  const broken = { unopened: "The master key is missing.", circuits: [circuit()] };
  expect(stateOf(connection(broken))).toBe("unopened");
  expect(stateOf(connection(broken, { isEnabled: false }))).toBe("disabled");
});

test("an account of the platform, which is not tested here, is called working by its calls alone", () => {
  expect(stateOf(connection({ own: null }))).toBe("idle");
  expect(stateOf(connection({ own: null, circuits: [circuit()] }))).toBe("working");
  expect(stateOf(connection({ own: null, isSimulated: true }))).toBe("simulated");
});

test("calls are summed over models", () => {
  expect(sumCalls([circuit({ failures: 1 }), circuit({ failures: 2 })])).toEqual({ attempts: 8, failures: 3 });
  expect(sumCalls([])).toEqual({ attempts: 0, failures: 0 });
});
