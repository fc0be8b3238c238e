import { existsSync } from "node:fs";
import path from "node:path";
import { describeRecordings } from "./recorded/describe-recordings.ts";
import { LONE_EXCEPTIONS } from "./recorded/exceptions.ts";
import { readLoneAnswers } from "./recorded/lone-answers.ts";

const folder = path.join(process.env.RECORDED_DIR ?? "", "exchanges-responseonly");
const isThere = process.env.RECORDED_DIR !== undefined && existsSync(folder);
if (!isThere) console.log("Skipped: the answers recorded alone, because RECORDED_DIR has no exchanges-responseonly.");

describeRecordings(
  "answers that were recorded without their requests",
  isThere ? readLoneAnswers(folder) : [],
  LONE_EXCEPTIONS,
);
