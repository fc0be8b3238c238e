import type { Feature } from "../../contract/wire.ts";
import { kindOfItem } from "./schema.ts";

/** Takes down that a field asks for a feature. */
export type Note = (feature: Feature, param: string) => void;

type Fields = Readonly<Record<string, unknown>>;

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
export function readItemNeeds(input: unknown, note: Note): void {
  if (!Array.isArray(input)) return;
  for (const [index, item] of (input as Fields[]).entries()) readItem(item, `input[${index}]`, note);
}

function readItem(item: Fields, param: string, note: Note): void {
  switch (kindOfItem(item)) {
    case "message":
      if (!ROLES.has(item.role)) note("other", `${param}.role`);
      readParts(item.content, `${param}.content`, note);
      break;
    case "function_call":
      note("tools", param);
      readRouting(item, param, note);
      break;
    case "function_call_output":
      note("tools", param);
      readRouting(item, param, note);
      readParts(item.output, `${param}.output`, note);
      break;
    case "reasoning":
      note("reasoning", param);
      break;
    default:
      note("other", param);
  }
}

/** A function may belong to a namespace or be called by a program: words that no other wire has. */
function readRouting({ namespace, caller }: Fields, param: string, note: Note): void {
  if (typeof namespace === "string") note("other", `${param}.namespace`);
  const { type } = (caller ?? {}) as { type?: unknown };
  if (type !== undefined && type !== "direct") note("other", `${param}.caller`);
}

function readParts(content: unknown, param: string, note: Note): void {
  if (!Array.isArray(content)) return;
  for (const [index, part] of (content as Fields[]).entries()) {
    const type = String(part.type);
    const feature = Object.hasOwn(PARTS, type) ? PARTS[type] : "other";
    if (feature !== null && feature !== undefined) note(feature, `${param}[${index}]`);
    // A file that the provider keeps is there alone.
    if (typeof part.file_id === "string") note("other", `${param}[${index}].file_id`);
  }
}
