import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import zlib from "node:zlib";
import { afterEach, describe, expect, test } from "vitest";
import { createTransport, type Transport } from "./transport.ts";

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const open: { server: Server; transport: Transport }[] = [];

afterEach(async () => {
  for (const { server, transport } of open.splice(0)) {
    server.closeAllConnections();
    await transport.close();
    server.close();
  }
});

/** A real server on this machine, and how often somebody connected to it. */
async function serve(answer: Answer) {
  const seen: { requests: { url: string; body: string }[]; sockets: number } = { requests: [], sockets: 0 };
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const piece of request) body += piece;
    seen.requests.push({ url: request.url ?? "", body });
    answer(request, response);
  });
  server.on("connection", () => {
    seen.sockets += 1;
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const transport = createTransport();
  open.push({ server, transport });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const post = (path: string, isStream: boolean, signal = new AbortController().signal) =>
    transport.post({ url: origin + path, headers: { "x-test": "1" }, body: "{}", isStream, signal });
  return { post, seen, origin, transport };
}

const textOf = async (body: Promise<Uint8Array>) => Buffer.from(await body).toString();

describe.each([
  ["whole", false],
  ["as it comes", true],
])("an answer read %s", (_, isStream) => {
  test("has its status, its headers by small names and its body", async () => {
    const { post, seen } = await serve((request, response) => {
      response.writeHead(418, { "X-Request-Id": "r-1", "content-type": "text/plain" });
      response.end(`${request.method} ${request.headers["x-test"]}`);
    });
    const answer = await post("/v1/x?a=b", isStream);
    expect([answer.status, answer.header("x-request-id"), answer.header("missing")]).toEqual([418, "r-1", undefined]);
    expect(await textOf(answer.readBody())).toBe("POST 1");
    expect(seen.requests).toEqual([{ url: "/v1/x?a=b", body: "{}" }]);
  });

  test("that leads elsewhere is not followed", async () => {
    const { post, seen } = await serve((_request, response) => {
      response.writeHead(307, { location: "/elsewhere" });
      response.end();
    });
    const answer = await post("/here", isStream);
    expect([answer.status, await textOf(answer.readBody())]).toEqual([307, ""]);
    expect(seen.requests.map(({ url }) => url)).toEqual(["/here"]);
  });

  test("that is packed is unpacked", async () => {
    const { post } = await serve((_request, response) => {
      response.writeHead(200, { "content-encoding": "gzip" });
      response.end(zlib.gzipSync('{"ok":true}'));
    });
    expect(await textOf((await post("/", isStream)).readBody())).toBe('{"ok":true}');
  });

  test("that is cut off is an error", async () => {
    const { post } = await serve((_request, response) => {
      response.writeHead(200, { "content-length": "100" });
      response.write("only so much", () => response.destroy());
    });
    await expect((async () => (await post("/", isStream)).readBody())()).rejects.toThrow();
  });

  test("is given up with its caller's signal, and the connection with it", async () => {
    const caller = new AbortController();
    let closed: Promise<unknown> = Promise.resolve();
    const { post, seen } = await serve((request) => {
      closed = once(request.socket, "close");
      caller.abort();
    });
    await expect(post("/", isStream, caller.signal)).rejects.toThrow();
    await closed;
    expect(seen.requests).toHaveLength(1);
  });

  test("is not even asked for when the caller has left", async () => {
    const { post, seen } = await serve((_request, response) => response.end());
    await expect(post("/", isStream, AbortSignal.abort())).rejects.toThrow();
    expect(seen.requests).toEqual([]);
  });

  test("comes over a connection that is there already", async () => {
    const { post, seen } = await serve((_request, response) => response.end("ok"));
    for (let call = 0; call < 20; call += 1) await textOf((await post("/", isStream)).readBody());
    // Two: one is still being put back when the next call comes.
    expect(seen.sockets).toBeLessThanOrEqual(2);
  });
});

test("a port that nobody serves is undici's own error", async () => {
  const transport = createTransport();
  const server = createServer();
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  const { signal } = new AbortController();
  const url = `http://127.0.0.1:${port}/`;
  for (const isStream of [true, false]) {
    await expect(transport.post({ url, headers: {}, body: "{}", isStream, signal })).rejects.toMatchObject({
      code: "ECONNREFUSED",
    });
  }
  await transport.close();
});

test("closing ends what is still under way", async () => {
  const { post, transport } = await serve((_request, response) => void response.write("one"));
  const silent = post("/", false);
  const iterator = (await post("/", true)).stream()[Symbol.asyncIterator]();
  await iterator.next();
  await transport.close();
  await expect(silent).rejects.toThrow();
  await expect(iterator.next()).rejects.toThrow();
});

describe("a stream", () => {
  test("is there piece by piece, while the sender goes on", async () => {
    const answered = Promise.withResolvers<ServerResponse>();
    const { post } = await serve((_request, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write("one");
      answered.resolve(response);
    });
    const iterator = (await post("/", true)).stream()[Symbol.asyncIterator]();
    expect(String((await iterator.next()).value)).toBe("one");
    (await answered.promise).end("two");
    expect(String((await iterator.next()).value)).toBe("two");
    expect((await iterator.next()).done).toBe(true);
  });

  test("that is aborted in the middle ends in an error, and its connection closes", async () => {
    const caller = new AbortController();
    const closed = Promise.withResolvers<void>();
    const { post } = await serve((request, response) => {
      request.socket.once("close", () => closed.resolve());
      response.write("one");
    });
    const iterator = (await post("/", true, caller.signal)).stream()[Symbol.asyncIterator]();
    await iterator.next();
    caller.abort();
    await expect(iterator.next()).rejects.toThrow();
    await closed.promise;
  });

  test("left in the middle closes its connection when it does not end by itself within a moment", async () => {
    const closed = Promise.withResolvers<void>();
    const { post } = await serve((request, response) => {
      request.socket.once("close", () => closed.resolve());
      response.write("one");
    });
    for await (const _ of (await post("/", true)).stream()) break;
    await closed.promise;
  });

  test("left while its sender is silent closes its connection too, though a read is waiting", async () => {
    const closed = Promise.withResolvers<void>();
    const { post } = await serve((request, response) => {
      request.socket.once("close", () => closed.resolve());
      response.write("one");
    });
    const iterator = (await post("/", true)).stream()[Symbol.asyncIterator]();
    await iterator.next();
    const waiting = iterator.next().catch(() => {});
    await iterator.return?.();
    await closed.promise;
    await waiting;
  });

  test("left at its last event keeps the connection for the next call", async () => {
    const { post, seen } = await serve((_request, response) => {
      response.write("one");
      setImmediate(() => response.end("leftover".repeat(50_000)));
    });
    for (let call = 0; call < 3; call += 1) {
      for await (const _ of (await post("/", true)).stream()) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(seen.sockets).toBe(1);
  });

  test("whose reader is slow is not read ahead without bound", async () => {
    let sent = 0;
    const full = Promise.withResolvers<void>();
    const { post } = await serve((_request, response) => {
      const piece = Buffer.alloc(64 * 1024);
      const write = () => {
        while (sent < 500) {
          sent += 1;
          if (!response.write(piece)) {
            response.once("drain", write);
            setTimeout(full.resolve, 300);
            return;
          }
        }
      };
      write();
    });
    const iterator = (await post("/", true)).stream()[Symbol.asyncIterator]();
    await iterator.next();
    await full.promise;
    expect(sent).toBeLessThan(400);
    await iterator.return?.();
  });
});
