import { readRecordings } from "#e2e/support/recordings.ts";
import { describeRecordings } from "./recorded/describe-recordings.ts";
import { EXCEPTIONS } from "./recorded/exceptions.ts";

const folder = process.env.RECORDED_DIR;
if (folder === undefined) console.log("Skipped: the recorded exchanges, because RECORDED_DIR is unset.");

describeRecordings(
  "recorded exchanges through the gateway",
  folder === undefined ? [] : readRecordings(folder),
  EXCEPTIONS,
);
