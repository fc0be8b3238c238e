import type { ModeDto } from "#lib/services/mode/schemas.ts";

export type Mode = ModeDto["mode"];

/** What each mode means, in a person's words. */
export const MODE_TEXTS: Readonly<
  Record<Mode, { title: string; summary: string; cost: string; keys: string; data: string }>
> = {
  "platform-managed": {
    title: "Platform managed",
    summary: "The platform picks the model of each function, by the tier you choose.",
    cost: "The operator’s accounts are charged; you see every call’s price here.",
    keys: "None. You need no account at any provider.",
    data: "Requests go to the public provider of the picked model.",
  },
  "bring-your-own": {
    title: "Bring your own model",
    summary: "Your own accounts serve your functions, by the chains you write.",
    cost: "Your providers charge you directly, at the terms you have with them.",
    keys: "Yours, kept sealed. They are used for your calls alone.",
    data: "Requests go to the providers that you connect, and to no other unless you let the platform’s accounts come last.",
  },
  "self-hosted": {
    title: "Self-hosted",
    summary: "Servers of your own serve your functions: Ollama, vLLM, LiteLLM and the like.",
    cost: "Your own hardware, counted by the token or by the hour as you say.",
    keys: "Only what your servers ask for, if anything.",
    data: "Nothing leaves your servers: every other address is refused when the connection is made.",
  },
};
