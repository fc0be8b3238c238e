import type {
  LanguageModelV4FilePart,
  LanguageModelV4TextPart,
  LanguageModelV4ToolResultOutput,
} from "@ai-sdk/provider";
import type { TranslationKind } from "../../registry/entry.ts";
import { TranslationError } from "../codec.ts";
import { cacheOptions } from "../part-marks.ts";
import { fileFromBase64, fileFromUrl } from "../read-file.ts";
import { toolOutput } from "../tool-output.ts";
import type { Part } from "./request.ts";

type Content = LanguageModelV4TextPart | LanguageModelV4FilePart;

export function readContent(parts: readonly Part[], kind: TranslationKind, param: string): Content[] {
  return parts.map((part, index) => readPart(part, kind, `${param}[${index}]`));
}

/** What the model said before. */
export function readAnswer(parts: readonly Part[], kind: TranslationKind, param: string): LanguageModelV4TextPart[] {
  return parts.map((part, index) => onlyText(readPart(part, kind, `${param}[${index}]`), `${param}[${index}]`));
}

/** Instructions are one text elsewhere. Where its last part ends the cache, the whole does. */
export function readInstructions(parts: readonly Part[], kind: TranslationKind, param: string) {
  const texts = readAnswer(parts, kind, param);
  return { content: texts.map(({ text }) => text).join("\n"), providerOptions: texts.at(-1)?.providerOptions };
}

/** Where a library takes files that a tool gave back: from anywhere, from inside the request, or not at all. */
const TOOL_FILES: Readonly<Record<TranslationKind, "any" | "inline" | "none">> = {
  anthropic: "any",
  "openai-responses": "any",
  "azure-openai": "any",
  google: "inline",
  "google-vertex": "inline",
  "amazon-bedrock": "inline",
  "openai-compatible": "none",
  cohere: "none",
};

/** A tool's answer: text, or text with files. */
export function readToolOutput(
  output: string | readonly Part[],
  kind: TranslationKind,
  param: string,
): LanguageModelV4ToolResultOutput {
  if (typeof output === "string") return toolOutput(output);
  const parts = readContent(output, kind, param);
  const fileAt = parts.findIndex((part) => part.type === "file" && !isTaken(part, kind));
  if (fileAt >= 0) {
    throw new TranslationError("unsupported", "a tool cannot give such a file back there.", `${param}[${fileAt}]`);
  }
  const texts = parts.filter((part) => part.type === "text");
  if (texts.length === parts.length) return toolOutput(texts.map(({ text }) => text).join("\n"));
  return { type: "content", value: parts };
}

function isTaken({ data }: LanguageModelV4FilePart, kind: TranslationKind): boolean {
  return TOOL_FILES[kind] === "any" || (TOOL_FILES[kind] === "inline" && data.type === "data");
}

function readPart(part: Part, kind: TranslationKind, param: string): Content {
  const mark = part.prompt_cache_breakpoint;
  const providerOptions = mark === undefined || mark === null ? undefined : cacheOptions(kind, {});
  const content = readBare(part, param);
  return providerOptions === undefined ? content : { ...content, providerOptions };
}

function readBare(part: Part, param: string): Content {
  switch (part.type) {
    case "input_text":
    case "output_text":
      return { type: "text", text: readText(part.text, `${param}.text`) };
    case "refusal":
      return { type: "text", text: readText(part.refusal, `${param}.refusal`) };
    case "input_image":
      return fileFromUrl(readText(part.image_url, `${param}.image_url`), { mediaType: "image", param });
    case "input_file":
      return readFile(part, param);
    case "input_audio":
      return readAudio(part, param);
    default:
      throw new TranslationError("unsupported", `parts of type "${part.type}" are not known there.`, param);
  }
}

function readFile({ file_data: data, file_url: url, filename: name }: Part, param: string): LanguageModelV4FilePart {
  const filename = typeof name === "string" ? name : undefined;
  const file = { mediaType: "application/pdf", filename, param };
  if (typeof url === "string") return fileFromUrl(url, file);
  const text = readText(data, `${param}.file_data`);
  return text.startsWith("data:") ? fileFromUrl(text, file) : fileFromBase64(text, file);
}

function readAudio({ input_audio: audio }: Part, param: string): LanguageModelV4FilePart {
  const { data, format } = (audio ?? {}) as { data?: unknown; format?: unknown };
  const mediaType = format === "mp3" ? "audio/mpeg" : `audio/${readText(format, `${param}.input_audio.format`)}`;
  return fileFromBase64(readText(data, `${param}.input_audio.data`), { mediaType, param });
}

function readText(value: unknown, param: string): string {
  if (typeof value === "string") return value;
  throw new TranslationError("malformed", `\`${param}\` must be a string.`, param);
}

function onlyText(part: Content, param: string): LanguageModelV4TextPart {
  if (part.type === "text") return part;
  throw new TranslationError("unsupported", "only text can stand in such a message there.", param);
}
