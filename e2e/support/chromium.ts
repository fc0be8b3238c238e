import { accessSync, constants } from "node:fs";
import path from "node:path";
import { hasApt, installChromium, unpackChromium } from "./debian-chromium.ts";

const INSTALLED_NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"] as const;

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
 * The path of a Chromium or Chrome: CHROMIUM_PATH, then one on the PATH, then `ownPath` (Playwright's download), then
 * Debian's, which is got now: installed as root, otherwise unpacked into `folder` and used again by the next run.
 * Throws a sentence that says what to do when there is none.
 */
export function ensureChromium(ownPath: string, folder: string): string {
  const named = process.env.CHROMIUM_PATH;
  if (named !== undefined && named !== "") {
    if (isExecutable(named)) return named;
    throw new Error(`CHROMIUM_PATH is ${named}, which is not an executable file. Correct it, or unset it.`);
  }
  const found = findOnPath() ?? [ownPath, path.join(folder, "chromium")].find(isExecutable);
  if (found !== undefined) return found;
  if (!hasApt()) {
    throw new Error(
      "No Chromium was found for the browser tests. Install chromium or google-chrome, " +
        "or set CHROMIUM_PATH to the executable of one.",
    );
  }
  try {
    return getFromDebian(folder);
  } catch (cause) {
    const said = (cause as { stderr?: Buffer }).stderr?.toString().trim() ?? "";
    throw new Error(
      "apt-get could not get chromium for the browser tests. Install it by hand, or set CHROMIUM_PATH to the " +
        `executable of one.\n${said}`,
      { cause },
    );
  }
}

function getFromDebian(folder: string): string {
  if (process.getuid?.() !== 0) {
    console.error(`No Chromium found: unpacking Debian's into ${folder}.`);
    return unpackChromium(folder);
  }
  console.error("No Chromium found: installing Debian's with apt-get.");
  installChromium();
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
