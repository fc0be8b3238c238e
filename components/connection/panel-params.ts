import { parseAsString, parseAsStringLiteral } from "nuqs/server";

/** What is open beside the list of connections, as the address says it. */
export const panelParams = {
  /** A provider's id: a connection to it is being added; empty: the provider is being chosen. */
  add: parseAsString,
  /** The connection that is looked at. */
  connection: parseAsString,
  /** What is done to it; absent: it is looked at. */
  change: parseAsStringLiteral(["edit", "key"]),
};
