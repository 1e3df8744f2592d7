/** The order in which people, and AWS's own pages, write the parts of a policy. */
const order = ['Version', 'Statement', 'Sid', 'Effect', 'Principal', 'Action', 'Resource', 'Condition'];

/**
 * A policy as it was written, whatever has sorted its parts since: a database that stores JSON need not keep their
 * order, and the line numbers that go with a policy count on it. Parts that are not known come last, as they came.
 */
export function inPolicyOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inPolicyOrder);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, part]) => [name, inPolicyOrder(part)] as const);
  return Object.fromEntries(entries.toSorted(([left], [right]) => rank(left) - rank(right)));
}

function rank(name: string): number {
  const known = order.indexOf(name);
  return known < 0 ? order.length : known;
}
