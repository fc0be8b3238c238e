import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer, type TlsOptions } from "node:tls";
import { makeSelfSigned } from "./self-signed.ts";

/** Addresses that no call gets through to. */
export const DEAD_ADDRESSES = {
  dns: "a name that does not resolve",
  refused: "a port where nobody listens",
  "tls-handshake": "a TLS server that has no cipher in common with anybody",
  "tls-self-signed": "a TLS server with a certificate that nobody vouches for",
} as const;
export type DeadAddressId = keyof typeof DEAD_ADDRESSES;

export interface DeadAddresses {
  url(id: DeadAddressId): string;
  /** Connections that were tried; unknown where nobody is there to count. */
  connectionCount(id: DeadAddressId): number | null;
  close(): Promise<void>;
}

export async function openDeadAddresses(): Promise<DeadAddresses> {
  const servers = {
    "tls-handshake": await openTls({}),
    "tls-self-signed": await openTls(makeSelfSigned()),
  };
  const urls: Record<DeadAddressId, string> = {
    dns: "http://no-such-provider.invalid",
    refused: "http://127.0.0.1:1",
    "tls-handshake": servers["tls-handshake"].url,
    "tls-self-signed": servers["tls-self-signed"].url,
  };
  return {
    url: (id) => urls[id],
    connectionCount: (id) => (id in servers ? servers[id as keyof typeof servers].connectionCount() : null),
    async close() {
      for (const server of Object.values(servers)) await server.close();
    },
  };
}

async function openTls(options: TlsOptions) {
  let connections = 0;
  const server = createServer(options, (socket) => socket.end("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"));
  server.on("connection", () => {
    connections += 1;
  });
  // The client that turns away is what this server is there for.
  server.on("tlsClientError", () => {});
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    connectionCount: () => connections,
    async close() {
      const closed = once(server, "close");
      server.close();
      await closed;
    },
  };
}
