"use client";

import { useQuery } from "@tanstack/react-query";
import { toast } from "sonner";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { connectionOptions, useDeleteConnection } from "#lib/queries/connections.ts";
import type { ConnectionDto, ConnectionUse } from "#lib/services/connections/schemas.ts";

interface DeleteDialogProps {
  tenant: string;
  connection: ConnectionDto;
  isOpen: boolean;
  onClose: () => void;
  onDeleted: () => void;
}

/** Deleting a connection: which functions lose a target by it, and its name to type. */
export function DeleteDialog({ tenant, connection, isOpen, onClose, onDeleted }: DeleteDialogProps) {
  const { data } = useQuery({ ...connectionOptions(tenant, connection.id), enabled: isOpen });
  const remove = useDeleteConnection(tenant);
  const confirm = () =>
    remove.mutate(
      { id: connection.id, confirm: connection.name },
      {
        onSuccess: () => {
          toast.success(`${connection.name} is deleted`);
          onDeleted();
        },
      },
    );
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onClose={onClose}
      title={`Delete ${connection.name}?`}
      isOverSheet
      name={connection.name}
      action="Delete the connection"
      isPending={remove.isPending}
      error={remove.error}
      onConfirm={confirm}
    >
      <Consequences use={data?.usedBy ?? null} />
      <p>Its key is destroyed with it: nobody can bring it back. Calls under way end as they began.</p>
    </ConfirmDialog>
  );
}

function Consequences({ use }: { use: ConnectionUse | null }) {
  if (use === null) return <p>Looking for the functions that need it…</p>;
  const { functions, isInDefaultChain } = use;
  if (functions.length === 0 && !isInDefaultChain) return <p>No function’s chain goes to it.</p>;
  return (
    <>
      <p className="font-medium text-ink">These lose a target:</p>
      <ul className="list-disc pl-5">
        {isInDefaultChain && <li>the default chain, which every function without its own goes by</li>}
        {functions.map((slug) => (
          <li key={slug} className="figures text-sm">
            {slug}
          </li>
        ))}
      </ul>
    </>
  );
}
