"use client";

import { useQueryStates } from "nuqs";
import { DataTable } from "#components/data-table/data-table.tsx";
import { Notice } from "#components/feedback/notice.tsx";
import { useMay } from "#components/shell/console-context.tsx";
import { formatProvider } from "#lib/format/provider.ts";
import type { ConnectionDto } from "#lib/services/connections/schemas.ts";
import { connectionColumns } from "./connection-columns.tsx";
import { panelParams } from "./panel-params.ts";
import { useMove } from "./use-move.ts";

interface OwnConnectionsProps {
  tenant: string;
  hosting: ConnectionDto["hosting"];
  /** Of the page, without the query. */
  path: string;
  caption: string;
  connections: readonly ConnectionDto[];
}

/** The tenant's own connections, several of one provider in the order in which calls try them. */
export function OwnConnections({ tenant, hosting, path, caption, connections }: OwnConnectionsProps) {
  const [{ connection: openId }, setParams] = useQueryStates(panelParams, { history: "push" });
  const mayWrite = useMay("connection:write");
  const { shown, move, said } = useMove(tenant, connections);
  const open = (id: string) => void setParams({ add: null, connection: id, change: null });
  const onMove = mayWrite ? (connection: ConnectionDto, by: -1 | 1) => void move(connection, by) : null;
  return (
    <>
      <UnopenedNotice connections={connections} />
      <DataTable
        caption={caption}
        columns={connectionColumns({ hosting, path, all: shown, onOpen: open, onMove })}
        rows={byProvider(shown)}
        rowKey={({ id }) => id}
        onRowPress={({ id }) => open(id)}
        selectedKey={openId}
      />
      <p aria-live="polite" className="sr-only">
        {said}
      </p>
    </>
  );
}

/** Those of one provider together; among them the order stays. */
function byProvider(connections: readonly ConnectionDto[]): ConnectionDto[] {
  return connections.toSorted((one, other) =>
    formatProvider(one.provider).localeCompare(formatProvider(other.provider), "en"),
  );
}

function UnopenedNotice({ connections }: Pick<OwnConnectionsProps, "connections">) {
  const unopened = connections.filter((connection) => connection.unopened !== null);
  const [first] = unopened;
  if (first === undefined) return null;
  const title =
    unopened.length === 1 ? `The key of ${first.name} cannot be opened` : `${unopened.length} keys cannot be opened`;
  return (
    <Notice tone="bad" role="status" title={title}>
      <p>
        {first.unopened} Calls go past {unopened.length === 1 ? "it" : "them"} until then: nothing is lost.
      </p>
      {unopened.length > 1 && <p>They are {unopened.map(({ name }) => name).join(", ")}.</p>}
    </Notice>
  );
}
