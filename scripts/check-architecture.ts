import { findViolations } from "./architecture/find-violations.ts";

const { violations, fileCount } = findViolations(process.argv[2] ?? process.cwd());
for (const { rule, file, line, message } of violations) console.error(`${file}:${line}  ${rule}: ${message}`);
if (violations.length === 0) console.log(`${fileCount} files keep to the import table`);
process.exitCode = violations.length === 0 ? 0 : 1;
