import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { makeTempFolder, removeTempFolder } from "./temp-folder.ts";

export interface ServerOptions {
  /** `node`: server.ts, which answers /v1 itself. `next`: `next start` alone; needs DATABASE_URL of a migrated database. */
  mount: "node" | "next";
  env?: Record<string, string>;
  /** A folder of the caller's, which outlives the server: for restarts. Otherwise a new one that is removed at the end. */
  dataFolder?: string;
}

export interface DemoCredentials {
  email: string;
  password: string;
  apiKey: string;
}

export interface TestServer {
  baseUrl: string;
  dataFolder: string;
  /** Everything it has printed so far, line by line. */
  lines: readonly string[];
  /** The demo tenant's, from the lines that `server.ts` prints at its start. */
  credentials(): Promise<DemoCredentials>;
  /** SIGTERM; answers the exit code once it has ended. */
  stop(): Promise<number | null>;
  /** SIGKILL; answers once it has ended. */
  kill(): Promise<void>;
}

const ROOT = path.resolve(import.meta.dirname, "../..");
const START_TIMEOUT_MS = 90_000;
const POLL_MS = 50;

/** What the shell that runs the tests may have set and the server must not see: every variable of the contract. */
const CONTRACT_VARIABLE =
  /^(PORT|HOST|SWITCHYARD_.*|DATABASE_.*|REDIS_URL|NEXTAUTH_.*|OIDC_.*|SMTP_URL|MAIL_FROM|LOG_LEVEL|OTEL_.*|METRICS_TOKEN|PLATFORM_.*|NODE_ENV|NODE_OPTIONS|VITEST.*|TEST_.*|PW_.*)$/;

/** Starts the built server on a free port and waits until it is ready. Throws with its output when it does not get there. */
export async function startServer(options: ServerOptions): Promise<TestServer> {
  if (!existsSync(path.join(ROOT, ".next/BUILD_ID"))) {
    throw new Error("The server is not built: run `npx next build` first.");
  }
  const dataFolder = options.dataFolder ?? (await makeTempFolder("server"));
  const port = await freePort();
  const child = launch(options, dataFolder, port);
  const lines = collectLines(child);
  const baseUrl = `http://localhost:${port}`;
  const end = async (signal: NodeJS.Signals) => {
    await endWith(child, signal);
    if (options.dataFolder === undefined) await removeTempFolder(dataFolder);
  };
  const server: TestServer = {
    baseUrl,
    dataFolder,
    lines,
    credentials: () => waitFor(child, lines, "to print the demo tenant's credentials", () => readCredentials(lines)),
    stop: async () => {
      await end("SIGTERM");
      return child.exitCode;
    },
    kill: () => end("SIGKILL"),
  };
  try {
    await waitFor(child, lines, "to be ready", () => isReady(baseUrl));
  } catch (error) {
    await server.kill();
    throw error;
  }
  return server;
}

function launch({ mount, env }: ServerOptions, dataFolder: string, port: number): ChildProcess {
  const inherited = Object.entries(process.env).filter(([name]) => !CONTRACT_VARIABLE.test(name));
  const next = ["node_modules/next/dist/bin/next", "start", "--hostname", "127.0.0.1", "--port", `${port}`];
  const command = mount === "node" ? ["server.ts"] : next;
  return spawn(process.execPath, command, {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...Object.fromEntries(inherited),
      NODE_ENV: "production",
      NEXT_TELEMETRY_DISABLED: "1",
      PORT: `${port}`,
      HOST: "127.0.0.1",
      SWITCHYARD_DATA_DIR: dataFolder,
      SWITCHYARD_PUBLIC_URL: `http://localhost:${port}`,
      ...(env?.DATABASE_URL === undefined ? {} : madeUpSecrets()),
      ...env,
    },
  });
}

/** With a database of one's own the server insists on being given these. */
function madeUpSecrets() {
  return {
    SWITCHYARD_MASTER_KEYS: `test-1:${randomBytes(32).toString("base64")}`,
    NEXTAUTH_SECRET: randomBytes(32).toString("base64url"),
  };
}

function collectLines(child: ChildProcess): string[] {
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    if (stream !== null) createInterface({ input: stream }).on("line", (line) => lines.push(line));
  }
  return lines;
}

async function waitFor<Value>(
  child: ChildProcess,
  lines: readonly string[],
  what: string,
  look: () => Promise<Value | null> | Value | null,
): Promise<Value> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < deadline && !hasEnded(child)) {
    const seen = await look();
    if (seen !== null) return seen;
    await sleep(POLL_MS);
  }
  // What it said last may still be on its way here.
  if (hasEnded(child)) await closed(child);
  const fate = hasEnded(child) ? `ended with ${child.exitCode ?? child.signalCode}` : "took too long";
  throw new Error(`The server ${fate}; waited for it ${what}. It printed:\n${lines.join("\n")}`);
}

/** Once its output has been read to the end. */
async function closed(child: ChildProcess): Promise<void> {
  const isOpen = [child.stdout, child.stderr].some((stream) => stream !== null && !stream.closed);
  if (isOpen) await Promise.race([once(child, "close"), sleep(5_000)]);
  // The lines' reader hands them over a turn later.
  await sleep(0);
}

async function isReady(baseUrl: string): Promise<true | null> {
  const answer = await fetch(`${baseUrl}/api/ready`, { signal: AbortSignal.timeout(5_000) }).catch(() => null);
  await answer?.body?.cancel();
  return answer?.status === 200 ? true : null;
}

function readCredentials(lines: readonly string[]): DemoCredentials | null {
  const text = lines.join("\n");
  const signIn = /^\s*Sign in:\s+(\S+) \/ (.+?)\s*$/m.exec(text);
  const apiKey = /^\s*API key:\s+(sy_\S+)/m.exec(text);
  if (signIn === null || apiKey === null) return null;
  const [, email = "", password = ""] = signIn;
  return { email, password, apiKey: apiKey[1] ?? "" };
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

async function endWith(child: ChildProcess, signal: NodeJS.Signals) {
  if (hasEnded(child)) return;
  const exited = once(child, "exit");
  child.kill(signal);
  await exited;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}
