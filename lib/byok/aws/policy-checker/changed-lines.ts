/** Which lines of `after` are not in `before`, counted from 1, and how many of `before` are gone. */
export function changedLines(before: string, after: string): { added: number[]; removed: number } {
  const old = before.split('\n');
  const now = after.split('\n');
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start += 1;
  let end = 0;
  while (end < old.length - start && end < now.length - start && old.at(-1 - end) === now.at(-1 - end)) end += 1;
  const middle = old.slice(start, old.length - end);
  const wanted = now.slice(start, now.length - end);
  const added = (middle.length * wanted.length > most ? wanted.map((_, at) => at) : notIn(middle, wanted)).map(
    (at) => start + at + 1,
  );
  return { added, removed: old.length - (now.length - added.length) };
}

/** Beyond this many cells the whole middle counts as changed: nobody reads it line by line. */
const most = 4_000_000;

/** Longest common subsequence: what both have in common, in order. */
function notIn(old: readonly string[], now: readonly string[]): number[] {
  const common = Array.from({ length: old.length + 1 }, () => new Uint16Array(now.length + 1));
  const cell = (one: number, other: number) => common[one]?.[other] ?? 0;
  for (let one = old.length - 1; one >= 0; one--) {
    for (let other = now.length - 1; other >= 0; other--) {
      const row = common[one];
      if (!row) continue;
      row[other] =
        old[one] === now[other] ? cell(one + 1, other + 1) + 1 : Math.max(cell(one + 1, other), cell(one, other + 1));
    }
  }
  const added: number[] = [];
  let one = 0;
  for (let other = 0; other < now.length; ) {
    if (one < old.length && old[one] === now[other]) {
      one += 1;
      other += 1;
    } else if (one < old.length && cell(one + 1, other) >= cell(one, other + 1)) {
      one += 1;
    } else {
      added.push(other);
      other += 1;
    }
  }
  return added;
}
