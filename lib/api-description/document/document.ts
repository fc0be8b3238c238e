/** As much of OpenAPI 3.1 as our document uses. */
export interface ApiDocument {
  openapi: "3.1.1";
  info: {
    title: string;
    version: string;
    summary: string;
    description: string;
    license: { name: string; identifier: string };
  };
  servers: { url: string; description: string }[];
  tags: { name: string; description: string }[];
  paths: Record<string, Record<string, DescribedOperation>>;
  components: {
    schemas: Record<string, JsonSchema>;
    headers: Record<string, DescribedHeader>;
    securitySchemes: Record<string, SecurityScheme>;
  };
}

export interface SecurityScheme {
  type: "http" | "apiKey";
  description: string;
  scheme?: "bearer";
  in?: "header" | "cookie";
  name?: string;
}

export interface DescribedOperation {
  operationId: string;
  tags: string[];
  summary: string;
  description: string;
  externalDocs?: { description: string; url: string };
  /** Absent: open to everybody. */
  "x-permission"?: string;
  security: Record<string, string[]>[];
  parameters: Parameter[];
  requestBody?: { required: true; content: Record<string, MediaType> };
  responses: Record<string, DescribedResponse>;
  "x-codeSamples": { lang: "Shell"; label: "curl"; source: string }[];
}

export interface Parameter {
  name: string;
  in: "path" | "query" | "header";
  required: boolean;
  description?: string;
  schema: JsonSchema;
  example?: unknown;
}

export interface MediaType {
  schema: JsonSchema;
  example?: unknown;
}

export interface DescribedResponse {
  description: string;
  headers?: Record<string, { $ref: string }>;
  content?: Record<string, MediaType>;
  /** Which error codes it stands for, and when each comes. */
  "x-codes"?: Record<string, string>;
}

export interface DescribedHeader {
  description: string;
  schema: JsonSchema;
  example: string;
}

/** JSON Schema of draft 2020-12, as far as ours go. */
export interface JsonSchema {
  $ref?: string;
  description?: string;
  examples?: unknown[];
  type?: string | string[];
  format?: string;
  pattern?: string;
  const?: unknown;
  enum?: unknown[];
  default?: unknown;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: boolean | JsonSchema;
  propertyNames?: JsonSchema;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
}
