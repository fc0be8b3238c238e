import { useState } from "react";
import { toast } from "sonner";
import { useReorderConnections } from "#lib/queries/connections.ts";
import type { ConnectionDto } from "#lib/services/connections/schemas.ts";
import { inOrder, movedBy } from "./order.ts";

/**
 * Changes the order in which several connections of one provider are tried. `shown` has it at once; if it is refused
 * what is in force is shown again. `said` tells of it to who does not see it.
 */
export function useMove(tenant: string, all: readonly ConnectionDto[]) {
  const reorder = useReorderConnections(tenant);
  const [said, setSaid] = useState("");
  const shown = reorder.isPending ? inOrder(all, reorder.variables) : all;
  const move = async (connection: ConnectionDto, by: -1 | 1) => {
    const order = movedBy(connection, by, shown);
    setSaid(`${connection.name} is now number ${order.ids.indexOf(connection.id) + 1} of ${order.ids.length}.`);
    try {
      await reorder.mutateAsync(order);
    } catch (error) {
      setSaid("");
      toast.error("The order was not changed", { description: error instanceof Error ? error.message : undefined });
    }
  };
  return { shown, move, said };
}
