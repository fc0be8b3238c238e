import type { Problem } from "#components/routing/problems.tsx";
import type { RouteDraftDto } from "#lib/services/route-versions/schemas.ts";
import { landsBeside, placeDuring, useDragOrder } from "./drag-order.ts";
import { moveTarget, type TargetRef } from "./edit-config.ts";
import { useOwnConnections } from "./own-connections.ts";
import { targetKey, targetName } from "./target-ref.ts";
import { TargetRow } from "./target-row.tsx";

interface TargetListProps {
  tenant: string;
  chain: readonly TargetRef[];
  usualPatience: RouteDraftDto["usualPatience"];
  problemsAt: (at: number, target: TargetRef) => readonly Problem[];
  /** Other targets, or in another order; `what` says so to who does not see it. */
  onMove: (chain: TargetRef[], what: string) => void;
  /** The same targets, one of them with another patience. */
  onEdit: (chain: TargetRef[]) => void;
}

/** The targets in their order, which is changed by dragging or by buttons. */
export function TargetList({ tenant, chain, usualPatience, problemsAt, onMove, onEdit }: TargetListProps) {
  const connections = useOwnConnections(tenant);
  const move = (from: number, to: number) => {
    const target = chain[from];
    if (target !== undefined) onMove(moveTarget(chain, from, to), `${targetName(target)} is now number ${to + 1}.`);
  };
  const { list, drag, handle } = useDragOrder(move);
  return (
    <ol ref={list} className="panel divide-y">
      {chain.map((target, at) => (
        <TargetRow
          key={targetKey(target)}
          target={target}
          number={placeDuring(drag, at) + 1}
          isFirst={at === 0}
          isLast={at === chain.length - 1}
          connections={connections}
          usualPatience={usualPatience[target.provider]}
          problems={problemsAt(at, target)}
          handle={handle(at)}
          isDragged={drag?.from === at}
          landing={drag && landsBeside(drag, at)}
          onMove={(by) => move(at, at + by)}
          onRemove={() =>
            onMove(
              chain.filter((_, other) => other !== at),
              `${targetName(target)} is removed.`,
            )
          }
          onEdit={(edited) => onEdit(chain.map((other) => (other === target ? edited : other)))}
        />
      ))}
    </ol>
  );
}
