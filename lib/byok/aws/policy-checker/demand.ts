import { conditionsHold } from './conditions.ts';
import type { Condition } from './policy-shape.ts';

/**
 * What the conditions of a statement make of one value that has to be presented: our external ID, our tenant. `open`: it need
 * not be, since none or any other will do; `loose`: some others will do.
 */
export type Demand = 'missing' | 'wrong' | 'open' | 'loose' | 'sound';

/** `alone`: no other value may be accepted beside it. */
export function demandOf(
  conditions: readonly Condition[],
  key: string,
  value: string,
  { alone }: { alone: boolean },
): Demand {
  const lines = conditions.filter((condition) => condition.key.toLowerCase() === key.toLowerCase());
  if (lines.length === 0) return 'missing';
  const holds = (presented: readonly string[]) => conditionsHold(lines, () => presented) === 'yes';
  if (!holds([value])) return 'wrong';
  if ([[], [nobodys]].some(holds)) return 'open';
  const others = [
    ['another'],
    [`${value}x`],
    [`x${value}`],
    ...(swapCase(value) === value ? [] : [[swapCase(value)]]),
    [`${value.slice(0, -1)}~`],
  ];
  if (others.some(holds)) return 'loose';
  const isList = lines.some(({ values }) => values.length > 1);
  return alone && isList ? 'loose' : 'sound';
}

/** What nobody has been given: Test Configuration presents such a one. */
const nobodys = 'wrong-6f1c4d0e8a534b7e';

function swapCase(text: string): string {
  return [...text].map((it) => (it === it.toLowerCase() ? it.toUpperCase() : it.toLowerCase())).join('');
}
