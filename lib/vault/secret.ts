import { inspect } from "node:util";

const REDACTED = "[secret]";

/** A plain secret that shows itself to `reveal` alone: not to a log, an error, JSON, a template or an inspector. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return REDACTED;
  }

  toJSON(): string {
    return REDACTED;
  }

  [inspect.custom](): string {
    return REDACTED;
  }
}
