import { isIPv4 } from "node:net";
import { parseAddress } from "./address.ts";
import { type AllowList, isListed } from "./allow-list.ts";
import { classOf } from "./classify-address.ts";
import { isHostName, isLocalName, matchesHost } from "./host-name.ts";
import { isHttpPort } from "./port.ts";

export type ParsedBaseUrl = { baseUrl: string; problem: null } | { baseUrl: null; problem: string };

const MAX_LENGTH = 2_048;

/** Scheme, authority, path: strict where the URL standard guesses (`https:host`, `https:/host`, `https:///host`). */
const SHAPE = /^(?<scheme>[a-z][a-z0-9+.-]*):\/\/(?<authority>[^/]+)(?<path>\/.*)?$/is;

/**
 * The base URL that a tenant entered, normalised and without a trailing slash, or the one thing to mend, as the rest
 * of a sentence that begins with the field's name. Names are not resolved here: `mayConnect` decides on every connection.
 */
export function parseBaseUrl(entered: string, allow: AllowList): ParsedBaseUrl {
  const text = entered.trim();
  const problem = problemOfText(text);
  if (problem !== null) return refuse(problem);
  const { scheme = "", authority = "" } = SHAPE.exec(text)?.groups ?? {};
  if (!/^https?$/i.test(scheme)) return refuse("must begin with https://");
  if (authority.includes("@")) return refuse("must not hold a user name or password");
  const url = URL.parse(text);
  if (url === null || url.hostname === "") return refuse("must hold a host, and a port from 1 to 65535 if any");
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const refusal = problemOfHost(authority.replace(/:\d*$/, ""), host) ?? problemOfDestination(url, host, allow);
  return refusal === null
    ? { baseUrl: (url.origin + url.pathname).replace(/\/+$/, ""), problem: null }
    : refuse(refusal);
}

function refuse(problem: string): ParsedBaseUrl {
  return { baseUrl: null, problem };
}

function problemOfText(text: string): string | null {
  if (text.length > MAX_LENGTH) return `must be at most ${MAX_LENGTH} characters long`;
  // A parser may drop a tab, turn a backslash into a slash or a letter into another: then two of them read two hosts.
  if (!/^[\x21-\x7e]+$/.test(text)) return "must hold no spaces and nothing but ASCII; write other hosts as xn--…";
  if (text.includes("\\")) return "must not hold a backslash";
  if (/[?#]/.test(text)) return "must end with the path, without ? and #";
  return SHAPE.test(text) ? null : "must look like https://host/path";
}

/** `written` as it was entered, `host` as it is understood: there must be no two ways to read it. */
function problemOfHost(written: string, host: string): string | null {
  if (written.endsWith(".")) return "must hold a host without a dot at its end";
  if (isIPv4(host)) return written === host ? null : "must hold an IPv4 address as four decimal numbers";
  if (written.startsWith("[")) return null;
  const isPlain = written.toLowerCase() === host && isHostName(host);
  return isPlain ? null : "must hold a host of letters, digits, hyphens and dots";
}

function problemOfDestination({ protocol, port }: URL, host: string, allow: AllowList): string | null {
  const isEncrypted = protocol === "https:";
  if (!isHttpPort(port === "" ? 443 : Number(port))) return "must not name a port of another protocol";
  const address = parseAddress(host);
  if (address !== null) {
    if (isListed(allow, host, address)) return null;
    if (classOf(address) !== "public") return "must be a public address; others have to be allowed by the operator";
  } else {
    // Where a name leads is not known before the connection; networks on the list are a chance that it leads there.
    if (matchesHost(allow.hosts, host) || allow.networks.length > 0) return null;
    if (isLocalName(host)) return "must be a public host; others have to be allowed by the operator";
  }
  return isEncrypted ? null : "must begin with https://; plain HTTP has to be allowed by the operator";
}
