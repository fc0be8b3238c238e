import { z } from "zod";
import { httpUrl } from "./http-url.ts";

/** Where each call's spans go. */
export interface TracingSettings {
  /** Whole: that of the collector's traces. */
  url: string;
  /** They may hold a secret. */
  headers: Record<string, string>;
  serviceName: string;
  resourceAttributes: Record<string, string>;
}

const PAIRS = "must be name=value pairs, comma-separated, with what is special in a value as in a URL (%20, %2C)";
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** OpenTelemetry's own variables, as far as they are read here. */
export const TRACING_VARIABLES = {
  OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl.optional(),
  OTEL_EXPORTER_OTLP_HEADERS: z
    .string()
    .transform(readPairs)
    .refine(areHeaders, "must name headers that can be sent")
    .optional(),
  OTEL_SERVICE_NAME: z.string().max(255, "must be at most 255 characters").optional(),
  OTEL_RESOURCE_ATTRIBUTES: z.string().transform(readPairs).optional(),
};

type TracingVariables = z.infer<z.ZodObject<typeof TRACING_VARIABLES>>;

/** Null: no calls are traced. */
export function readTracing(env: TracingVariables): TracingSettings | null {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_RESOURCE_ATTRIBUTES: resourceAttributes = {} } = env;
  if (endpoint === undefined) return null;
  return {
    // The variable is the base for all signals, but many give the address of the traces.
    url: `${endpoint.replace(/(\/v1\/traces)?\/*$/, "")}/v1/traces`,
    headers: env.OTEL_EXPORTER_OTLP_HEADERS ?? {},
    serviceName: env.OTEL_SERVICE_NAME ?? resourceAttributes["service.name"] ?? "switchyard",
    resourceAttributes,
  };
}

/** The form that OpenTelemetry gives to headers and attributes: `api-key=a%20b,team=core`. */
function readPairs(text: string, context: z.RefinementCtx<string>): Record<string, string> {
  const pairs: Record<string, string> = {};
  for (const pair of text.split(",").filter((part) => part.trim() !== "")) {
    const [, name, value] = /^\s*([^=\s]+)\s*=\s*(.*?)\s*$/.exec(pair) ?? [];
    const decoded = value === undefined ? null : decode(value);
    if (name === undefined || decoded === null) {
      context.addIssue({ code: "custom", message: PAIRS });
      return z.NEVER;
    }
    pairs[name] = decoded;
  }
  return pairs;
}

function decode(value: string): string | null {
  try {
    return decodeURIComponent(value);
  } catch {
    return null;
  }
}

function areHeaders(pairs: Record<string, string>): boolean {
  return Object.entries(pairs).every(([name, value]) => HEADER_NAME.test(name) && HEADER_VALUE.test(value));
}
