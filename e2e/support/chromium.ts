import { execFileSync, spawnSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import path from "node:path";

const INSTALLED_NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"] as const;

const INSTALL_TIMEOUT_MS = 10 * 60_000;

/** No sandbox for root, which Chromium refuses otherwise; and nothing that calls home in the middle of a test. */
export const CHROMIUM_ARGS: readonly string[] = [
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-quic",
  "--no-first-run",
];

/**
 * The path of a Chromium or Chrome: CHROMIUM_PATH, then one on the PATH, then `ownPath` (Playwright's download), then,
 * as root on Debian, one that apt-get installs now. Throws a sentence that says what to do when there is none.
 */
export function ensureChromium(ownPath: string): string {
  const named = process.env.CHROMIUM_PATH;
  if (named !== undefined && named !== "") {
    if (isExecutable(named)) return named;
    throw new Error(`CHROMIUM_PATH is ${named}, which is not an executable file. Correct it, or unset it.`);
  }
  const found = findOnPath() ?? (isExecutable(ownPath) ? ownPath : null);
  if (found !== null) return found;
  if (!canInstall()) {
    throw new Error(
      "No Chromium was found for the browser tests. Install chromium or google-chrome, " +
        "or set CHROMIUM_PATH to the executable of one.",
    );
  }
  install();
  const installed = findOnPath();
  if (installed === null) throw new Error("apt-get installed chromium, but there is no chromium on the PATH.");
  return installed;
}

function findOnPath(): string | null {
  const folders = (process.env.PATH ?? "").split(path.delimiter).filter((folder) => folder !== "");
  for (const name of INSTALLED_NAMES) {
    const folder = folders.find((candidate) => isExecutable(path.join(candidate, name)));
    if (folder !== undefined) return path.join(folder, name);
  }
  return null;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function canInstall(): boolean {
  if (process.getuid?.() !== 0 || !existsSync("/etc/debian_version")) return false;
  return spawnSync("apt-get", ["--version"], { stdio: "ignore" }).status === 0;
}

function install() {
  console.error("No Chromium found: installing Debian's with apt-get.");
  const options = {
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    stdio: "pipe" as const,
    timeout: INSTALL_TIMEOUT_MS,
  };
  try {
    execFileSync("apt-get", ["update"], options);
    execFileSync("apt-get", ["install", "-y", "--no-install-recommends", "chromium"], options);
  } catch (cause) {
    throw new Error(
      "apt-get could not install chromium for the browser tests. Install it by hand, or set CHROMIUM_PATH.",
      { cause },
    );
  }
}
