/** A menu's entry as it is searched: by what it is called, and by what is said of it. */
interface Searched {
  label: string;
  description?: string;
}

/**
 * How well an entry is what was typed, from 0 (not at all) to 1. Whatever matches the label stands before what only the
 * description matches; of several words each has to match.
 */
export function rankEntry(entry: Searched, search: string): number {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const ranks = words.map((word) => rankWord(entry, word));
  return ranks.includes(0) ? 0 : Math.min(1, ...ranks);
}

function rankWord({ label, description = "" }: Searched, word: string): number {
  const name = label.toLowerCase();
  const text = description.toLowerCase();
  if (name.startsWith(word)) return 1;
  if (startsAWord(name, word)) return 0.9;
  if (name.includes(word)) return 0.8;
  if (startsAWord(text, word)) return 0.5;
  if (text.includes(word)) return 0.4;
  return holdsInOrder(name, word) ? 0.1 : 0;
}

function startsAWord(text: string, word: string): boolean {
  return text.split(/[^\p{L}\p{N}]+/u).some((one) => one.startsWith(word));
}

/** `cnct` for Connections: for who types fast. In a whole sentence almost anything would be found so. */
function holdsInOrder(text: string, letters: string): boolean {
  let from = 0;
  for (const letter of letters) {
    from = text.indexOf(letter, from) + 1;
    if (from === 0) return false;
  }
  return true;
}
