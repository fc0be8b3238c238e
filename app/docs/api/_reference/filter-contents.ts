export interface ContentsEntry {
  id: string;
  title: string;
  method: string;
  /** Where the operation is in the API. */
  place: string;
  /** Where the reference tells of it. */
  path: string;
}

export interface ContentsGroup {
  title: string;
  path: string;
  entries: readonly ContentsEntry[];
}

/** The operations whose name, place or group holds every one of the words, in their groups. */
export function filterContents(groups: readonly ContentsGroup[], sought: string): readonly ContentsGroup[] {
  const words = sought.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return groups;
  return groups
    .map((group) => ({
      ...group,
      entries: group.entries.filter(({ id, title, method, place }) => {
        const text = `${group.title} ${title} ${method} ${place} ${id}`.toLowerCase();
        return words.every((word) => text.includes(word));
      }),
    }))
    .filter(({ entries }) => entries.length > 0);
}
