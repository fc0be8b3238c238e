import { createSocket } from "node:dgram";
import { type LookupAddress, promises } from "node:dns";
import { once } from "node:events";
import type { AddressInfo } from "node:net";

export interface DnsServer {
  /** Questions for A records asked so far, by name. */
  asked(name: string): number;
  /** Every address of a name, by this server's word alone. */
  resolve(name: string): Promise<LookupAddress[]>;
  close(): Promise<void>;
}

/** IPv4 addresses for a name that is asked for the nth time, counted from 0; IPv6 addresses there are none. */
type Answer = (name: string, nth: number) => readonly string[];

const TYPE_A = 1;

/** A name server on loopback that changes its mind as it is told. */
export async function startDnsServer(answer: Answer): Promise<DnsServer> {
  const counts = new Map<string, number>();
  const socket = createSocket("udp4");
  socket.on("message", (query, from) => {
    const { name, type, end } = readQuestion(query);
    const nth = counts.get(name) ?? 0;
    if (type === TYPE_A) counts.set(name, nth + 1);
    socket.send(writeAnswer(query.subarray(0, end), type === TYPE_A ? answer(name, nth) : []), from.port, from.address);
  });
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  const resolver = new promises.Resolver({ timeout: 2_000, tries: 1 });
  resolver.setServers([`127.0.0.1:${(socket.address() as AddressInfo).port}`]);
  return {
    asked: (name) => counts.get(name) ?? 0,
    resolve: async (name) => (await resolver.resolve4(name)).map((address) => ({ address, family: 4 })),
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}

function readQuestion(query: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = query.readUInt8(at); length > 0; length = query.readUInt8(at)) {
    labels.push(query.toString("latin1", at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join(".").toLowerCase(), type: query.readUInt16BE(at + 1), end: at + 5 };
}

/** RFC 1035: the question again, then a record a line that points back at its name and lives for no time at all. */
function writeAnswer(question: Buffer, addresses: readonly string[]): Buffer {
  const header = Buffer.from(question);
  header.writeUInt16BE(0x8180, 2);
  header.writeUInt16BE(addresses.length, 6);
  header.writeUInt16BE(0, 10);
  const records = addresses.map((address) => {
    const bytes = address.split(".").map(Number);
    return Buffer.from([0xc0, 0x0c, 0, TYPE_A, 0, 1, 0, 0, 0, 0, 0, 4, ...bytes]);
  });
  return Buffer.concat([header, ...records]);
}
