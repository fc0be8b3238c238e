import type { OutputItem } from "./response.ts";

export interface ResponseEvent {
  type: string;
  sequence_number: number;
}

/** Where the parts of an answer put what they have to say. */
export interface Output {
  /** As they stand so far; the places of those that are not done yet hold how they began. */
  readonly items: readonly OutputItem[];
  emit(type: string, fields: object): void;
  /** What was emitted since the last time. */
  drain(): ResponseEvent[];
  /** A place for an item, with an id of its own. */
  place(prefix: string): Place;
}

/** One item's place in the output. */
export interface Place {
  id: string;
  add(item: OutputItem): void;
  done(item: OutputItem): void;
  /** An event of this item. */
  emit(type: string, fields: object): void;
}

/** An item that is still being written. */
export interface OpenItem {
  delta(text: string): void;
  end(): void;
}

export function createOutput(responseId: string): Output {
  const items: OutputItem[] = [];
  let events: ResponseEvent[] = [];
  let count = 0;
  const emit = (type: string, fields: object) => {
    events.push({ type, sequence_number: count, ...fields });
    count += 1;
  };
  return {
    items,
    emit,
    drain() {
      const drained = events;
      events = [];
      return drained;
    },
    place(prefix) {
      const output_index = items.length;
      const id = `${prefix}_${responseId}${output_index}`;
      return {
        id,
        add(item) {
          items.push(item);
          emit("response.output_item.added", { output_index, item });
        },
        done(item) {
          items[output_index] = item;
          emit("response.output_item.done", { output_index, item });
        },
        emit: (type, fields) => emit(type, { item_id: id, output_index, ...fields }),
      };
    },
  };
}
