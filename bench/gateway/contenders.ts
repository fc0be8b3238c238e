import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { deriveAppUrl } from "#lib/composition/database-urls.ts";
import { startEmbeddedPostgres } from "#lib/db/embedded/start.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");
const HERE = import.meta.dirname;

export interface Contender {
  name: string;
  url: string;
  headers: Record<string, string>;
  model: string;
}

export interface Field {
  contenders: Contender[];
  close(): Promise<void>;
}

/** Starts everything that is measured, each in a process of its own, all before the same upstream. */
export async function startField(): Promise<Field> {
  const children: ChildProcess[] = [];
  const folder = mkdtempSync(path.join(tmpdir(), "switchyard-bench-"));
  const launch = async (
    args: readonly string[],
    env: Record<string, string>,
    readyPath: string,
    takesPortFlag = false,
  ) => {
    const port = await freePort();
    const child = spawn(process.execPath, [...args, ...(takesPortFlag ? [`--port=${port}`] : [])], {
      cwd: ROOT,
      env: { ...process.env, PORT: String(port), ...env },
      stdio: ["ignore", "pipe", "inherit"],
    });
    children.push(child);
    let printed = "";
    child.stdout?.on("data", (piece) => {
      printed += piece;
    });
    await waitFor(`http://127.0.0.1:${port}${readyPath}`, child);
    return { port, printed: () => printed };
  };

  const upstream = await launch([path.join(HERE, "upstream.ts")], {}, "/");
  const address = `http://127.0.0.1:${upstream.port}`;
  const bare = await launch([path.join(HERE, "bare-proxy.ts")], { UPSTREAM: address }, "/");
  const peerMain = path.join(ROOT, "node_modules/@portkey-ai/gateway/build/start-server.js");
  const peer = await launch([peerMain, "--headless"], { TRUSTED_CUSTOM_HOSTS: "127.0.0.1" }, "/", true);

  const postgres = await startEmbeddedPostgres(folder, "bench");
  const secrets = {
    DATABASE_URL: postgres.ownerUrl,
    DATABASE_APP_URL: deriveAppUrl(postgres.ownerUrl),
    NEXTAUTH_SECRET: "a secret for the benchmark alone, 32+",
    SWITCHYARD_DATA_DIR: path.join(folder, "node"),
    PLATFORM_OPENAI_API_KEY: "bench",
    PLATFORM_OPENAI_BASE_URL: `${address}/v1`,
    LOG_LEVEL: "warn",
  };
  const node = await launch(["server.ts"], secrets, "/api/ready");
  const apiKey = node.printed().match(/sy_[\w-]+/)?.[0] ?? "";
  const nextMain = path.join(ROOT, "node_modules/next/dist/bin/next");
  const nextEnv = {
    ...secrets,
    SWITCHYARD_DATA_DIR: path.join(folder, "next"),
    NODE_ENV: "production",
    SWITCHYARD_MASTER_KEYS: `bench:${Buffer.alloc(32).toString("base64")}`,
  };
  const handler = await launch([nextMain, "start"], nextEnv, "/api/ready");

  const ours = { headers: { authorization: `Bearer ${apiKey}` }, model: "openai/gpt-4.1-mini" };
  return {
    contenders: [
      { name: "bare node:http + undici", url: `http://127.0.0.1:${bare.port}`, headers: {}, model: "gpt-4.1-mini" },
      {
        name: "@portkey-ai/gateway",
        url: `http://127.0.0.1:${peer.port}`,
        headers: {
          authorization: "Bearer bench",
          "x-portkey-provider": "openai",
          "x-portkey-custom-host": `${address}/v1`,
        },
        model: "gpt-4.1-mini",
      },
      { name: "Switchyard, Node mount", url: `http://127.0.0.1:${node.port}`, ...ours },
      { name: "Switchyard, route handler", url: `http://127.0.0.1:${handler.port}`, ...ours },
    ],
    async close() {
      for (const child of children.reverse()) await end(child);
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function waitFor(url: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + 120_000;
  while (Date.now() < deadline && child.exitCode === null) {
    const isUp = await fetch(url, { signal: AbortSignal.timeout(2_000) }).then(
      (answer) => answer.status < 500,
      () => false,
    );
    if (isUp) return;
    await sleep(100);
  }
  throw new Error(`Nothing answers at ${url}.`);
}

function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.kill("SIGTERM");
    setTimeout(() => child.kill("SIGKILL"), 10_000).unref();
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}
