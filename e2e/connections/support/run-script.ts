import { execFile } from "node:child_process";
import path from "node:path";

const ROOT = path.resolve(import.meta.dirname, "../../..");

/** Runs one of the repository's commands with these variables and none of the shell's that are ours. */
export function runScript(script: string, args: readonly string[], env: Record<string, string>) {
  return new Promise<{ code: number; output: string }>((resolve) => {
    const { PATH = "" } = process.env;
    const options = { cwd: ROOT, env: { PATH, ...env } as unknown as NodeJS.ProcessEnv };
    execFile(process.execPath, [`scripts/${script}`, ...args], options, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === "number" ? error.code : 1;
      resolve({ code, output: stdout + stderr });
    });
  });
}
