import { API_REFERENCE } from "#components/shell/routes.ts";

export const SCHEMAS_PATH = `${API_REFERENCE}/schemas`;
export const MANAGEMENT_ERRORS_PATH = `${API_REFERENCE}#errors`;
export const CALL_ERRORS_PATH = `${API_REFERENCE}#call-errors`;

export function groupPath(slug: string): string {
  return `${API_REFERENCE}/${slug}`;
}

export function operationPath(slug: string, operationId: string): string {
  return `${groupPath(slug)}#${operationId}`;
}

export function schemaPath(name: string): string {
  return `${SCHEMAS_PATH}#${name}`;
}
