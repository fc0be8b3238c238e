/** Why something sealed does not open. Ids of keys and reasons are for operators; they hold no secret. */
export type Unopened =
  /** None of the master keys of this instance has this id. */
  | { status: "unknown-master-key"; keyId: string }
  /** A master key of this name is here, but with other bytes. */
  | { status: "wrong-master-key"; keyId: string }
  /** Changed, cut, or moved here from another place. */
  | { status: "damaged" }
  /** The key service cannot be asked or refuses: it may open later. */
  | { status: "unavailable"; reason: string }
  /** The tenant has no data key: nothing was sealed for it yet, or the key was destroyed. */
  | { status: "no-data-key" };

/** The state and its mend in one sentence, for the console, the log and `keys:rotate`. */
export function explainUnopened(unopened: Unopened): string {
  switch (unopened.status) {
    case "unknown-master-key":
      return `The master key ${unopened.keyId} is missing: add it again, after the newest.`;
    case "wrong-master-key":
      return `The master key ${unopened.keyId} is missing: there is another key under its name. Give that one a name of its own.`;
    case "damaged":
      return "What is stored was changed or moved: enter the secret again.";
    case "unavailable":
      return unopened.reason;
    case "no-data-key":
      return "The tenant's data key does not exist or was destroyed: enter the secret again.";
  }
}
