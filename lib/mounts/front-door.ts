import type { IncomingMessage, ServerResponse } from "node:http";
import { isIP } from "node:net";
import { isWithin, parseAddress } from "#lib/egress/address.ts";

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/** A year, as browsers are told to stay on HTTPS. */
const STRICT_TRANSPORT = "max-age=31536000";

/** The path and query that a request asks for; a proxy may ask for a whole address, whose host decides nothing here. */
export function pathOf(target: string): string {
  if (target.startsWith("/")) return target;
  const url = URL.parse(target);
  return url === null || !url.protocol.startsWith("http") ? "/" : url.pathname + url.search;
}

/**
 * The caller's address: the connection's own, or, from a trusted proxy, the last that no trusted proxy has written. What
 * stands before it anyone can have made up.
 */
export function clientAddress(remote: string, forwarded: string, trustedProxies: readonly string[]): string {
  const hops = forwarded === "" ? [] : forwarded.split(",").map((hop) => hop.trim());
  let nearest = plainAddress(remote);
  while (hops.length > 0 && isTrusted(nearest, trustedProxies)) {
    const before = plainAddress(hops.pop() ?? "");
    if (isIP(before) === 0) break;
    nearest = before;
  }
  return nearest;
}

interface FrontDoor {
  trustedProxies: readonly string[];
  /** The console's own address is one of HTTPS. */
  isSecure: boolean;
}

/** Prepares a request for Next, who believes what its headers say. False: it has been refused. */
export function admit(request: IncomingMessage, response: ServerResponse, { trustedProxies, isSecure }: FrontDoor) {
  if (isSecure) response.setHeader("strict-transport-security", STRICT_TRANSPORT);
  if (!METHODS.includes(request.method ?? "GET")) {
    response.writeHead(405, { allow: METHODS.join(", "), "content-type": "text/plain; charset=utf-8" });
    response.end(`${request.method} is answered nowhere here.\n`);
    return false;
  }
  const forwarded = [request.headers["x-forwarded-for"] ?? []].flat().join(",");
  request.headers["x-forwarded-for"] = clientAddress(request.socket.remoteAddress ?? "", forwarded, trustedProxies);
  return true;
}

/** An IPv4 address in IPv6's clothes, as a socket of both kinds tells it, is the IPv4 address. */
function plainAddress(text: string): string {
  return text.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, "");
}

function isTrusted(text: string, trustedProxies: readonly string[]): boolean {
  const address = parseAddress(text);
  return address !== null && isWithin(address, trustedProxies);
}
