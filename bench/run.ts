import { readdirSync } from "node:fs";
import path from "node:path";

const names = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .sort();

const [name, ...rest] = process.argv.slice(2);
const isHelp = name === undefined || name === "--help" || name === "-h";

if (isHelp) {
  console.log(["Usage: npm run bench -- NAME", "", "Benchmarks:", ...names.map((each) => `  ${each}`)].join("\n"));
} else if (!names.includes(name) || rest.length > 0) {
  const problem = names.includes(name) ? `${rest.join(" ")} is not understood.` : `There is no benchmark ${name}.`;
  console.error(`${problem} Run \`npm run bench\` for the list.`);
  process.exit(2);
} else {
  const { run } = (await import(path.join(import.meta.dirname, name, "index.ts"))) as { run(): Promise<void> };
  await run();
}
