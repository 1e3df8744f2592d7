import { conditionsHold } from './conditions.ts';
import type { Condition } from './policy-shape.ts';

/** What the conditions of a statement make of one value that has to be presented: our external ID, our tenant. */
export type Demand = 'missing' | 'wrong' | 'loose' | 'sound';

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
  const others = [
    [],
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

function swapCase(text: string): string {
  return [...text].map((it) => (it === it.toLowerCase() ? it.toUpperCase() : it.toLowerCase())).join('');
}
