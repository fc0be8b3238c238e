import { ChevronDown, ChevronUp } from "lucide-react";
import { Button } from "#components/ui/button.tsx";

interface MoveButtonsProps {
  /** What is moved, as it is called. */
  name: string;
  canMoveUp: boolean;
  canMoveDown: boolean;
  onMove: (by: -1 | 1) => void;
}

/** Which of several is tried earlier. */
export function MoveButtons({ name, canMoveUp, canMoveDown, onMove }: MoveButtonsProps) {
  return (
    <span className="flex">
      <Button
        variant="quiet"
        size="icon"
        aria-label={`Try ${name} earlier`}
        disabled={!canMoveUp}
        focusableWhenDisabled
        onClick={() => onMove(-1)}
      >
        <ChevronUp aria-hidden className="size-4" />
      </Button>
      <Button
        variant="quiet"
        size="icon"
        aria-label={`Try ${name} later`}
        disabled={!canMoveDown}
        focusableWhenDisabled
        onClick={() => onMove(1)}
      >
        <ChevronDown aria-hidden className="size-4" />
      </Button>
    </span>
  );
}
