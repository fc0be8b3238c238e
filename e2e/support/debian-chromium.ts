import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

const TIMEOUT_MS = 10 * 60_000;

export function hasApt(): boolean {
  if (!existsSync("/etc/debian_version")) return false;
  return spawnSync("apt-get", ["--version"], { stdio: "ignore" }).status === 0;
}

/** As root: Debian's Chromium becomes a part of this machine. Throws when apt-get fails. */
export function installChromium(): void {
  aptGet("update");
  aptGet("install", "-y", "--no-install-recommends", "chromium");
}

/**
 * For who may install nothing: Debian's Chromium, with what it needs and this machine has not, unpacked into a folder.
 * Answers the path of a script that starts it. Throws when apt-get or dpkg fails.
 */
export function unpackChromium(folder: string): string {
  const [lists, cache, root] = [`${folder}/lists`, `${folder}/cache`, `${folder}/root`];
  for (const needed of [`${lists}/partial`, `${cache}/archives/partial`, root]) mkdirSync(needed, { recursive: true });
  // Of the machine's own, apt-get then only reads what is installed: nothing that would have to be locked.
  const own = ["-o", `Dir::State::lists=${lists}`, "-o", `Dir::Cache=${cache}`, "-o", "Debug::NoLocking=true"];
  aptGet(...own, "update");
  aptGet(...own, "install", "-y", "--no-install-recommends", "--download-only", "chromium");
  const packages = readdirSync(`${cache}/archives`).filter((name) => name.endsWith(".deb"));
  for (const name of packages) {
    execFileSync("dpkg", ["-x", `${cache}/archives/${name}`, root], { stdio: "pipe", timeout: TIMEOUT_MS });
  }
  for (const done of [lists, cache]) rmSync(done, { recursive: true });
  writeFileSync(`${folder}/fonts.conf`, fontSettings(folder));
  const start = path.join(folder, "chromium");
  writeFileSync(`${start}.partial`, startScript(folder));
  chmodSync(`${start}.partial`, 0o755);
  // Whole or not at all: the next run takes what is there for complete.
  renameSync(`${start}.partial`, start);
  return start;
}

/** Its sandbox would have to belong to root. The tests open no page but our own. */
function startScript(folder: string): string {
  const files = readdirSync(`${folder}/root`, { recursive: true, encoding: "utf8" });
  const libraries = files.filter((name) => /\.so(\.\d+)*$/.test(name)).map((name) => path.dirname(name));
  const searched = [...new Set(libraries)].map((name) => `${folder}/root/${name}`);
  return `#!/bin/sh
export LD_LIBRARY_PATH="${searched.join(":")}"
export FONTCONFIG_FILE="${folder}/fonts.conf"
exec "${folder}/root/usr/lib/chromium/chromium" --no-sandbox "$@"
`;
}

function fontSettings(folder: string): string {
  return `<?xml version="1.0"?>
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${folder}/root/usr/share/fonts</dir>
  <cachedir>${folder}/font-cache</cachedir>
</fontconfig>
`;
}

function aptGet(...args: readonly string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  execFileSync("apt-get", args, { env, stdio: "pipe", timeout: TIMEOUT_MS });
}
