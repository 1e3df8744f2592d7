/** Which lines of `after` are not in `before`, counted from 1, and how many of `before` are gone. */
export function changedLines(before: string, after: string): { added: number[]; removed: number } {
  const old = before.split('\n');
  const now = after.split('\n');
  // Longest common subsequence: what both have in common, in order. A policy is short enough for the whole table.
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
      other += 1;
      added.push(other);
    }
  }
  return { added, removed: old.length - (now.length - added.length) };
}
