import type { LanguageModelV4FilePart, LanguageModelV4TextPart } from "@ai-sdk/provider";
import { TranslationError, type TranslationTarget } from "../codec.ts";
import { cacheOptions } from "../part-marks.ts";
import { fileFromBase64, fileFromText, fileFromUrl } from "../read-file.ts";
import type { Block, CacheControl, DocumentBlock, ImageBlock } from "./request.ts";

export type UserPart = LanguageModelV4TextPart | LanguageModelV4FilePart;

/** What a user says or shows. A document can be several parts. */
export function readUserBlock(block: Block, at: string, target: TranslationTarget): UserPart[] {
  const parts = readContent(block, at, target);
  const last = parts.at(-1);
  return last === undefined ? [] : [...parts.slice(0, -1), { ...last, ...marked(block.cache_control, target) }];
}

function readContent(block: Block, at: string, target: TranslationTarget): UserPart[] {
  switch (block.type) {
    case "text":
      return [{ type: "text", text: block.text }];
    case "image":
      return [readImage(block, at)];
    case "document":
      return readDocument(block, at, target);
    default:
      throw unknownBlock(block, at);
  }
}

function readImage({ source }: ImageBlock, at: string): LanguageModelV4FilePart {
  if (source.type === "base64") {
    return fileFromBase64(source.data, { mediaType: source.media_type, param: `${at}.source.data` });
  }
  if (source.type === "url") return fileFromUrl(source.url, { mediaType: "image", param: `${at}.source.url` });
  throw unknownSource(source, at);
}

function readDocument({ source, title }: DocumentBlock, at: string, target: TranslationTarget): UserPart[] {
  const filename = title ?? undefined;
  const titled: UserPart[] = filename === undefined ? [] : [{ type: "text", text: filename }];
  switch (source.type) {
    case "base64":
      return [fileFromBase64(source.data, { mediaType: source.media_type, filename, param: `${at}.source.data` })];
    case "url":
      return [fileFromUrl(source.url, { mediaType: "application/pdf", filename, param: `${at}.source.url` })];
    case "text":
      return readTextDocument(source.data, filename, at, target);
    case "content":
      if (typeof source.content === "string") return readTextDocument(source.content, filename, at, target);
      return [
        ...titled,
        ...source.content.flatMap((block, index) => readUserBlock(block, `${at}.source.content[${index}]`, target)),
      ];
    default:
      throw unknownSource(source, at);
  }
}

/** To most models a text is a text, whether in a file or not. */
function readTextDocument(
  text: string,
  filename: string | undefined,
  at: string,
  { kind }: TranslationTarget,
): UserPart[] {
  if (kind === "anthropic") return [fileFromText(text, { mediaType: "text/plain", filename, param: at })];
  return [{ type: "text", text: filename === undefined ? text : `${filename}\n\n${text}` }];
}

/** The mark on a block up to which the prompt may be kept, for those who take one. */
export function marked(mark: CacheControl | null | undefined, { kind }: TranslationTarget) {
  const options = mark === undefined || mark === null ? undefined : cacheOptions(kind, { ttl: mark.ttl });
  return options === undefined ? {} : { providerOptions: options };
}

/** The plan passes over targets that need a translation for what only Anthropic's wire knows. */
export function unknownBlock({ type }: { type: string }, at: string): TranslationError {
  return new TranslationError("unsupported", `a block of type \`${type}\` in this place.`, at);
}

function unknownSource({ type }: { type: string }, at: string): TranslationError {
  return new TranslationError("unsupported", `a file from a source of type \`${type}\`.`, `${at}.source`);
}
