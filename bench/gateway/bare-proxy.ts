import { createServer } from "node:http";
import { Pool } from "undici";

/** The least that a proxy in Node can do: read the body, send it on, send the answer back. The limit to compare with. */
const pool = new Pool(process.env.UPSTREAM as string);

const server = createServer((request, response) => {
  const pieces: Buffer[] = [];
  request.on("data", (piece) => pieces.push(piece));
  request.on("end", async () => {
    const answer = await pool.request({
      path: request.url as string,
      method: request.method as "POST",
      headers: { "content-type": "application/json" },
      body: request.method === "GET" ? null : Buffer.concat(pieces),
    });
    const body = await answer.body.bytes();
    response.writeHead(answer.statusCode, { "content-type": "application/json", "content-length": body.byteLength });
    response.end(body);
  });
});
server.keepAliveTimeout = 60_000;
server.listen(Number(process.env.PORT), "127.0.0.1");
