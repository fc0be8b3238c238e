import path from "node:path";
import { chromium } from "@playwright/test";
import { ensureChromium } from "./chromium.ts";

const UNPACKED = path.resolve(import.meta.dirname, "../../node_modules/.cache/chromium");

/** Once a browser run, before the workers start: a Chromium, whose path they read in the environment. */
export default function setup(): void {
  process.env.CHROMIUM_PATH = ensureChromium(chromium.executablePath(), UNPACKED);
}
