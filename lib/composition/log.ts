import pino, { type Logger } from "pino";

/** Fields that never reach a log, wherever they stand in a logged object. */
const SECRET_FIELDS = [
  "authorization",
  "apiKey",
  "api-key",
  "x-api-key",
  "cookie",
  "password",
  "secret",
  "connectionString",
];

export type { Logger };

/** Lines of JSON on standard output. */
export function createLog(level: string): Logger {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: SECRET_FIELDS.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`]),
      censor: "[secret]",
    },
  });
}
