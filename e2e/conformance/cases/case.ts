import type { Ability, Answer, Client, Question } from "../clients/client.ts";
import type { ProviderUnderTest } from "../providers.ts";
import type { Told } from "../sent/told.ts";

/** One thing that every client asks of every provider. */
export interface Case<Seeing = Seen> {
  title: string;
  /** Which answer of the stand-in's it gets: its name in the fixtures. */
  fixture: string;
  /** What not every wire and model can do; where it cannot be had, the call has to be refused. */
  ability?: Ability;
  question: Partial<Question>;
  /** The ledger is looked into as well: for a sample, since that takes longer than the call. */
  isOnRecord?: true;
  check(seen: Seeing): void | Promise<void>;
}

export interface Seen {
  client: Client;
  provider: ProviderUnderTest;
  answer: Answer;
  /** What the provider has been told by now, request by request. */
  told(): readonly Told[];
}
