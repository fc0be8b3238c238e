import type { LanguageModelV4FilePart } from "@ai-sdk/provider";
import { TranslationError } from "./codec.ts";

interface FileInput {
  /** The whole media type, or its first half where the wire does not say: `image`, `application/pdf`. */
  mediaType: string;
  filename?: string | undefined;
  /** The field that the file stands in. */
  param: string;
}

/** A file that the request names by an address: inside it (`data:`), or somewhere else. */
export function fileFromUrl(address: string, { mediaType, filename, param }: FileInput): LanguageModelV4FilePart {
  const inline = /^data:([^,]*),(.*)$/s.exec(address);
  if (inline !== null) {
    const [type = "", ...settings] = (inline[1] as string).split(";");
    const text = inline[2] as string;
    const data = settings.at(-1)?.toLowerCase() === "base64" ? text : toBase64(text, param);
    return fileFromBase64(data, { mediaType: type === "" ? mediaType : type, filename, param });
  }
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || (url.protocol !== "https:" && url.protocol !== "http:")) {
    throw new TranslationError("malformed", "A file is named by a `data:` or an `https:` address.", param);
  }
  const known = mediaType.includes("/") ? mediaType : (typeByName(url.pathname, mediaType) ?? mediaType);
  return { type: "file", mediaType: known, data: { type: "url", url }, ...(filename !== undefined && { filename }) };
}

/** A file whose bytes the request holds. Without a second half its media type is found in the bytes. */
export function fileFromBase64(data: string, { mediaType, filename, param }: FileInput): LanguageModelV4FilePart {
  if (!/^[A-Za-z0-9+/_=\s-]*$/.test(data)) throw new TranslationError("malformed", "The file is not base64.", param);
  return { type: "file", mediaType, data: { type: "data", data }, ...(filename !== undefined && { filename }) };
}

/** A text that the request hands over as a file. */
export function fileFromText(text: string, { mediaType, filename }: FileInput): LanguageModelV4FilePart {
  return { type: "file", mediaType, data: { type: "text", text }, ...(filename !== undefined && { filename }) };
}

function toBase64(text: string, param: string): string {
  try {
    return Buffer.from(decodeURIComponent(text)).toString("base64");
  } catch {
    throw new TranslationError("malformed", "The address of the file is not encoded as a URL is.", param);
  }
}

/** Some providers want a whole media type for a file that they fetch themselves: its name tells. */
function typeByName(path: string, firstHalf: string): string | null {
  const type = TYPES[path.slice(path.lastIndexOf(".") + 1).toLowerCase()];
  return type?.startsWith(`${firstHalf}/`) ? type : null;
}

const TYPES: Readonly<Record<string, string>> = {
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  gif: "image/gif",
  webp: "image/webp",
  bmp: "image/bmp",
  pdf: "application/pdf",
};
