import type { LanguageModelV4FilePart, LanguageModelV4TextPart, SharedV4ProviderOptions } from "@ai-sdk/provider";
import { TranslationError, type TranslationTarget } from "../codec.ts";
import { cacheOptions } from "../part-marks.ts";
import { fileFromBase64, fileFromUrl } from "../read-file.ts";
import type { ContentPart } from "./schema.ts";

export function readText({ type, text }: ContentPart, at: string): string {
  if (type !== "text") throw new TranslationError("unsupported", `a part of type \`${type}\` in this place.`, at);
  if (text === undefined) throw new TranslationError("malformed", "The part has no text.", `${at}.text`);
  return text;
}

export function readPart(
  part: ContentPart,
  at: string,
  { kind }: TranslationTarget,
): LanguageModelV4TextPart | LanguageModelV4FilePart {
  const read = readContent(part, at);
  const detail = typeof part.image_url === "object" ? part.image_url.detail : undefined;
  const options: SharedV4ProviderOptions = {
    ...(part.cache_control !== undefined && cacheOptions(kind, part.cache_control)),
    ...(detail !== undefined && kind === "openai-responses" && { openai: { imageDetail: detail } }),
    ...(detail !== undefined && kind === "azure-openai" && { azure: { imageDetail: detail } }),
    ...(detail !== undefined && kind === "cohere" && { cohere: { detail } }),
  };
  return Object.keys(options).length === 0 ? read : { ...read, providerOptions: options };
}

function readContent(part: ContentPart, at: string): LanguageModelV4TextPart | LanguageModelV4FilePart {
  switch (part.type) {
    case "image_url": {
      const url = typeof part.image_url === "object" ? part.image_url.url : part.image_url;
      if (url === undefined) throw new TranslationError("malformed", "The part has no address.", `${at}.image_url`);
      return fileFromUrl(url, { mediaType: "image", param: `${at}.image_url.url` });
    }
    case "input_audio": {
      const audio = part.input_audio;
      if (audio === undefined) throw new TranslationError("malformed", "The part has no audio.", `${at}.input_audio`);
      const mediaType = audio.format === "mp3" ? "audio/mpeg" : `audio/${audio.format}`;
      return fileFromBase64(audio.data, { mediaType, param: `${at}.input_audio.data` });
    }
    case "file":
      return readFile(part, `${at}.file`);
    default:
      return { type: "text", text: readText(part, at) };
  }
}

function readFile({ file }: ContentPart, at: string): LanguageModelV4FilePart {
  if (file?.file_id !== undefined) {
    throw new TranslationError("unsupported", "a file that is kept at another provider.", `${at}.file_id`);
  }
  const data = file?.file_data;
  if (data === undefined) throw new TranslationError("malformed", "The part has no file.", `${at}.file_data`);
  const { filename } = file ?? {};
  const input = { mediaType: "application/pdf", filename, param: `${at}.file_data` };
  return /^[a-z]+:/i.test(data) ? fileFromUrl(data, input) : fileFromBase64(data, input);
}
