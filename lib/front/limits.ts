/** What the front server takes, of anybody and of one. Sizes are bytes, times milliseconds. */
export type FrontLimits = {
  /** A request's line and headers together, and how long they may take. */
  headerBytes: number;
  headersWithinMs: number;
  /** How long a connection may stand idle between two requests. */
  idleMs: number;
  /** Connections at once. Beyond, the one that has been idle for longest makes room. */
  connections: number;
  /** Requests under way on one connection: browsers and proxies send one after the other. */
  perConnection: number;
  /** Requests that the pages answer at once. */
  toPages: number;
  /** Callers whose session is resolved at once. */
  resolving: number;
  /** Sign-in and whatever else next-auth takes: from anybody. */
  signInBytes: number;
  signInWithinMs: number;
  /** What is held of such bodies at once. */
  strangersBytes: number;
  /** A server action: the largest forms are a list of some 50,000 apps, and a pasted policy. `next.config.js` says the same. */
  actionBytes: number;
  actionWithinMs: number;
  /** What is held of people's bodies at once: in all, and of one. */
  peopleBytes: number;
  personBytes: number;
  /** What a request of a service may take in all. */
  serviceWithinMs: number;
};

const kib = 1024;
const mib = 1024 * kib;

export const usualLimits: FrontLimits = {
  headerBytes: 16 * kib,
  headersWithinMs: 10_000,
  idleMs: 75_000,
  connections: 2_000,
  perConnection: 16,
  toPages: 512,
  resolving: 64,
  signInBytes: 16 * kib,
  signInWithinMs: 10_000,
  strangersBytes: 8 * mib,
  actionBytes: 2 * mib,
  actionWithinMs: 30_000,
  peopleBytes: 64 * mib,
  personBytes: 8 * mib,
  serviceWithinMs: 30_000,
};
