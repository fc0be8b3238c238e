import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";

const ROOT = path.resolve(import.meta.dirname, "../..");

export interface CommandResult {
  isOk: boolean;
  /** Both streams, in the order they came. */
  output: string;
}

/** Runs a program of node_modules/.bin, or of the system, from the repository's root. Never throws. */
export async function runCommand(command: readonly string[], env: Record<string, string> = {}): Promise<CommandResult> {
  const [program = "", ...args] = command;
  const binFolder = path.join(ROOT, "node_modules/.bin");
  const child = spawn(program, args, {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      PATH: `${binFolder}${path.delimiter}${process.env.PATH ?? ""}`,
      NEXT_TELEMETRY_DISABLED: "1",
      NO_COLOR: "1",
      FORCE_COLOR: undefined,
      ...env,
    },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8");
    stream.on("data", (chunk: string) => {
      output += chunk;
    });
  }
  try {
    const [code, signal] = await once(child, "close");
    if (signal !== null) output += `\n${program} was ended by ${signal}`;
    return { isOk: code === 0, output: output.trim() };
  } catch (error) {
    return { isOk: false, output: `${program} could not be started: ${(error as Error).message}` };
  }
}
