import type { QueryClient, QueryKey } from "@tanstack/react-query";

/** Keeps what a change answered. What was asked for before it and is still on its way is older, and is not let in. */
export async function keepAnswer(client: QueryClient, queryKey: QueryKey, answer: unknown): Promise<void> {
  await client.cancelQueries({ queryKey, exact: true });
  client.setQueryData(queryKey, answer);
}
