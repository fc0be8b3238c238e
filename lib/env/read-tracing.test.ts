import { describe, expect, test } from "vitest";
import { z } from "zod";
import { readTracing, TRACING_VARIABLES } from "./read-tracing.ts";

const variables = z.object(TRACING_VARIABLES);
const ENDPOINT = "http://collector:4318";
const read = (source: Record<string, string>) => readTracing(variables.parse(source));
const problems = (source: Record<string, string>) =>
  variables.safeParse(source).error?.issues.map(({ path, message }) => `${path} ${message}`);

test("without an address calls are not traced, whatever else is set", () => {
  expect(read({})).toBeNull();
  expect(read({ OTEL_SERVICE_NAME: "gateway", OTEL_EXPORTER_OTLP_HEADERS: "a=b" })).toBeNull();
});

test("an address alone is enough", () => {
  expect(read({ OTEL_EXPORTER_OTLP_ENDPOINT: ENDPOINT })).toEqual({
    url: "http://collector:4318/v1/traces",
    headers: {},
    serviceName: "switchyard",
    resourceAttributes: {},
  });
});

test.each([
  ["http://c:4318/", "http://c:4318/v1/traces"],
  ["http://c:4318/v1/traces", "http://c:4318/v1/traces"],
  ["https://host/api/public/otel", "https://host/api/public/otel/v1/traces"],
  ["https://host/api/public/otel/v1/traces/", "https://host/api/public/otel/v1/traces"],
])("spans for %s go to %s", (endpoint, url) => {
  expect(read({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint })?.url).toBe(url);
});

test("headers and attributes are name and value, decoded as in a URL", () => {
  const settings = read({
    OTEL_EXPORTER_OTLP_ENDPOINT: ENDPOINT,
    OTEL_EXPORTER_OTLP_HEADERS: "Authorization=Basic%20YTpi==, x-team = core ,",
    OTEL_RESOURCE_ATTRIBUTES: "deployment.environment.name=production,city=K%C3%B6ln%2C%20DE,empty=",
  });
  expect(settings?.headers).toEqual({ Authorization: "Basic YTpi==", "x-team": "core" });
  expect(settings?.resourceAttributes).toEqual({
    "deployment.environment.name": "production",
    city: "Köln, DE",
    empty: "",
  });
});

test("the service's name comes from its own variable, else from the attributes", () => {
  const attributes = { OTEL_EXPORTER_OTLP_ENDPOINT: ENDPOINT, OTEL_RESOURCE_ATTRIBUTES: "service.name=b" };
  expect(read(attributes)?.serviceName).toBe("b");
  expect(read({ ...attributes, OTEL_SERVICE_NAME: "a" })?.serviceName).toBe("a");
});

describe("a wrong value is refused by its variable's name, without being repeated", () => {
  test.each([
    ["OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4318", /must be an http/],
    ["OTEL_EXPORTER_OTLP_HEADERS", "hunter2", /must be name=value pairs/],
    ["OTEL_EXPORTER_OTLP_HEADERS", "=hunter2", /must be name=value pairs/],
    ["OTEL_EXPORTER_OTLP_HEADERS", "key=%hunter2", /must be name=value pairs/],
    ["OTEL_EXPORTER_OTLP_HEADERS", "key=hunter2%0D%0Ax:%20y", /must name headers that can be sent/],
    ["OTEL_EXPORTER_OTLP_HEADERS", "a(b=hunter2", /must name headers that can be sent/],
    ["OTEL_RESOURCE_ATTRIBUTES", "hunter2", /must be name=value pairs/],
    ["OTEL_SERVICE_NAME", "hunter2".repeat(50), /must be at most 255/],
  ])("%s=%s", (name, value, says) => {
    const [problem, ...others] = problems({ [name]: value }) ?? [];
    expect(others).toEqual([]);
    expect(problem).toMatch(says);
    expect(problem).toContain(name);
    expect(problem).not.toContain("hunter2");
  });
});
