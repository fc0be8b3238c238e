import type { Feature, RequestNeed } from "../../contract/wire.ts";
import { kindOfItem } from "./schema.ts";

type Part = Readonly<Record<string, unknown>>;

const ROLES: ReadonlySet<unknown> = new Set(["user", "assistant", "system", "developer"]);

/** Null: every target takes it. */
const PARTS: Readonly<Record<string, Feature | null>> = {
  input_text: null,
  output_text: null,
  refusal: null,
  input_image: "vision",
  input_file: "files",
  input_audio: "audio",
};

/** What the items of the input ask of a target. */
export function readItemNeeds(input: unknown): RequestNeed[] {
  if (!Array.isArray(input)) return [];
  return input.flatMap((item, index) => readItem(item as Part, `input[${index}]`));
}

function readItem(item: Part, param: string): RequestNeed[] {
  switch (kindOfItem(item)) {
    case "message":
      if (!ROLES.has(item.role)) return [{ feature: "other", param: `${param}.role` }];
      return readParts(item.content, `${param}.content`);
    case "function_call":
      return [{ feature: "tools", param }, ...readRouting(item, param)];
    case "function_call_output":
      return [{ feature: "tools", param }, ...readRouting(item, param), ...readParts(item.output, `${param}.output`)];
    case "reasoning":
      return [{ feature: "reasoning", param }];
    default:
      return [{ feature: "other", param }];
  }
}

/** A function may belong to a namespace or be called by a program: words that no other wire has. */
function readRouting({ namespace, caller }: Part, param: string): RequestNeed[] {
  const needs: RequestNeed[] = [];
  if (typeof namespace === "string") needs.push({ feature: "other", param: `${param}.namespace` });
  const { type } = (caller ?? {}) as { type?: unknown };
  if (type !== undefined && type !== "direct") needs.push({ feature: "other", param: `${param}.caller` });
  return needs;
}

function readParts(content: unknown, param: string): RequestNeed[] {
  if (!Array.isArray(content)) return [];
  return (content as Part[]).flatMap((part, index) => readPart(part, `${param}[${index}]`));
}

function readPart(part: Part, param: string): RequestNeed[] {
  const type = String(part.type);
  const feature = Object.hasOwn(PARTS, type) ? PARTS[type] : "other";
  const needs: RequestNeed[] = feature === null || feature === undefined ? [] : [{ feature, param }];
  // A file that the provider keeps is there alone.
  if (typeof part.file_id === "string") needs.push({ feature: "other", param: `${param}.file_id` });
  // How closely to look is a word of this wire alone.
  if (typeof part.detail === "string" && part.detail !== "auto") {
    needs.push({ feature: "other", param: `${param}.detail` });
  }
  return needs;
}
