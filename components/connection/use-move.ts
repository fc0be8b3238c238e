import { toast } from "sonner";
import { useUpdateConnection } from "#lib/queries/connections.ts";
import type { ConnectionDto } from "#lib/services/connections/schemas.ts";

/** Those at the same provider, in the order in which calls try them. */
export function siblingsOf(connection: ConnectionDto, all: readonly ConnectionDto[]): ConnectionDto[] {
  return all.filter(({ provider, own }) => own !== null && provider === connection.provider);
}

/** Changes the order in which several connections of one provider are tried. */
export function useMove(tenant: string, all: readonly ConnectionDto[]) {
  const update = useUpdateConnection(tenant);
  const move = async (connection: ConnectionDto, by: -1 | 1) => {
    const order = siblingsOf(connection, all);
    const from = order.indexOf(connection);
    order.splice(from, 1);
    order.splice(from + by, 0, connection);
    try {
      for (const [index, { id, own }] of order.entries()) {
        if (own?.priority !== index + 1) await update.mutateAsync({ id, priority: index + 1 });
      }
    } catch (error) {
      toast.error("The order was not changed", { description: error instanceof Error ? error.message : undefined });
    }
  };
  return { move, isMoving: update.isPending };
}
