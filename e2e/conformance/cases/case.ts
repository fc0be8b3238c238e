import type { Ability, Answer, Client, Question } from "../clients/client.ts";
import type { Told } from "../sent/told.ts";

/** One thing that every client asks of every provider. */
export interface Case {
  title: string;
  /** Which answer of the stand-in's it gets: its name in the fixtures. */
  fixture: string;
  /** What not every wire and model can do; where it cannot be had, the call has to be refused. */
  ability?: Ability;
  question: Partial<Question>;
  check(seen: Seen): void | Promise<void>;
}

export interface Seen {
  client: Pick<Client, "readsReasoning">;
  answer: Answer;
  /** What the provider has been told by now, request by request. */
  told(): readonly Told[];
}
