import 'server-only';
import { personIdIn } from '../byok/who.ts';
import { namesOf } from '../db/person-names.ts';

/** Fields of answers, and of what the history has of a change, that say who: what anybody typed never stands in them. */
const fields: ReadonlySet<string> = new Set([
  'actor',
  'by',
  'changedBy',
  'createdBy',
  'email',
  'madeBy',
  'requestedBy',
  'revokedBy',
  'storedBy',
  'target',
  'testedBy',
]);

/** The same answer with the names of people as they are now, in place of what is stored of them. */
export async function namePeople<T>(answer: T): Promise<T> {
  const found = new Set<string>();
  collect(answer, found);
  return found.size === 0 ? answer : (map(answer, await namesOf(found)) as T);
}

function collect(value: unknown, found: Set<string>): void {
  if (Array.isArray(value)) for (const each of value) collect(each, found);
  else if (isPlain(value))
    for (const [field, each] of Object.entries(value))
      if (typeof each !== 'string') collect(each, found);
      else if (fields.has(field) && personIdIn(each)) found.add(each);
}

function map(value: unknown, name: (who: string) => string): unknown {
  if (Array.isArray(value)) return value.map((each) => map(each, name));
  if (!isPlain(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([field, each]) => [
      field,
      typeof each === 'string' ? (fields.has(field) ? name(each) : each) : map(each, name),
    ]),
  );
}

/** Bytes, dates and the like are left as they are. */
function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
