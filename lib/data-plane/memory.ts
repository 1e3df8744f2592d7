import 'server-only';
import { callerOf } from '../auth/bearer.ts';
import { type Actor, identify } from '../auth/identify.ts';
import { Refusal } from '../byok/errors.ts';
import { databaseNow } from '../db/database-clock.ts';
import { elapsedMs } from '../envelope/clock.ts';
import { sharedCache } from '../keyring/shared-cache.ts';
import { type Rates, TenantLimits } from './rate-limit.ts';
import { openingKey, sealingKey, type WarmKey } from './warm-keys.ts';

/** One of the vendor's services. */
export type Service = Extract<Actor, { kind: 'token' }>;
/** Whoever is not one of the vendor's services is nobody here. `endsAt`: when the token ends, by `elapsedMs()`. */
export type KnownCaller = { service: Service | undefined; endsAt: number; ended?: boolean };

/** What was read at one time; `again` while it is being read anew. */
type Remembered<T> = { value: T; askedAt: number; voided: number; again?: Promise<unknown> };

/**
 * What this process remembers of callers and data keys, so that a request needs no question to the database. Nothing is used
 * that was asked for longer ago than the bound, nor past a notification that concerned any key version, nor once the connection
 * that listens for those was lost. What is in use is read anew shortly before, so that nobody waits.
 */
export class Memory {
  readonly #boundMs: number;
  readonly #rates: Rates;
  /** By the Authorization header as it came, let go of soon after the bound: hashing it is a fortieth of a warm request. */
  readonly #callers = new Map<string, Remembered<KnownCaller>>();
  /** By tenant, app and, for what is opened, data key. `null`: nothing that could be used without asking. */
  readonly #keys = new Map<string, Remembered<WarmKey | null>>();
  /** Questions under way. */
  readonly #asking = new Map<object, Map<string, Promise<unknown>>>();
  /** When something that is not remembered was last asked for. */
  readonly #missed = new Map<string, number>();
  readonly #limits = new Map<string, TenantLimits>();
  readonly #sweeper: NodeJS.Timeout;

  constructor(options: Rates & { boundMs: number }) {
    this.#boundMs = options.boundMs;
    this.#rates = options;
    this.#sweeper = setInterval(() => this.#sweep(), sweepMs).unref();
  }

  /** Who sends this header, where that is known well enough. */
  caller(authorization: string): KnownCaller | undefined {
    const known = this.#use(this.#callers, authorization, () => resolveCaller(authorization));
    return known !== undefined && known.endsAt <= elapsedMs() ? { ...known, service: undefined, ended: true } : known;
  }

  /** The same, asked now. @throws what the database throws */
  async askCaller(authorization: string): Promise<KnownCaller> {
    return this.#ask(this.#callers, authorization, () => resolveCaller(authorization));
  }

  /** Whether that question is under way, so that asking it again would share the answer. */
  isAsked(authorization: string): boolean {
    return this.#asking.get(this.#callers)?.has(authorization) ?? false;
  }

  /** The key for new data of this app, ready to be used at once. */
  sealing(tenantId: string, appId: string): WarmKey | undefined {
    const scope = { tenantId, appId };
    return this.#use(this.#keys, `${tenantId} ${appId}`, () => sealingKey(scope, true)) ?? undefined;
  }

  /** The key that opens what names it. */
  opening(tenantId: string, appId: string, dataKeyId: string): WarmKey | undefined {
    const scope = { tenantId, appId };
    const place = `${tenantId} ${appId} ${dataKeyId}`;
    return this.#use(this.#keys, place, () => openingKey(scope, dataKeyId, true)) ?? undefined;
  }

  /**
   * A request did not find this key. Where that was not the first time within the bound it is asked for, to be remembered from
   * now on: for whoever comes rarely, remembering would cost more than it saves.
   * @returns what to wait for before the next look; undefined where there is nothing to be waited for
   */
  missed(tenantId: string, appId: string, dataKeyId?: string): Promise<void> | undefined {
    const place = dataKeyId === undefined ? `${tenantId} ${appId}` : `${tenantId} ${appId} ${dataKeyId}`;
    const now = elapsedMs();
    const before = this.#missed.get(place);
    this.#missed.set(place, now);
    if (this.#boundMs === 0 || this.#isGood(this.#keys.get(place), now)) return undefined;
    const isAsked = this.#asking.get(this.#keys)?.has(place) ?? false;
    if (!isAsked && (before === undefined || now - before > this.#boundMs)) return undefined;
    const scope = { tenantId, appId };
    const read = () =>
      (dataKeyId === undefined ? sealingKey(scope, false) : openingKey(scope, dataKeyId, false)).catch(nullIfRefused);
    return this.#ask(this.#keys, place, read).then(nothing, nothing);
  }

  limits(tenantId: string): TenantLimits {
    const known = this.#limits.get(tenantId);
    if (known) return known;
    const made = new TenantLimits(this.#rates);
    this.#limits.set(tenantId, made);
    return made;
  }

  close(): void {
    clearInterval(this.#sweeper);
    this.#callers.clear();
    this.#keys.clear();
  }

  #use<T>(all: Map<string, Remembered<T>>, place: string, read: () => Promise<T>): T | undefined {
    const known = all.get(place);
    const now = elapsedMs();
    if (known === undefined || !this.#isGood(known, now)) return undefined;
    const isDue = known.again === undefined && now - known.askedAt > this.#boundMs * readAgainAt;
    // Where nothing could serve without asking, whoever comes asks.
    if (isDue && known.value !== null) known.again = this.#ask(all, place, read).catch(() => undefined);
    return known.value;
  }

  #isGood(known: Remembered<unknown> | undefined, now: number): boolean {
    return known !== undefined && now - known.askedAt < this.#boundMs && known.voided === sharedCache().voided();
  }

  /** Whoever asks for the same at once asks together. */
  async #ask<T>(all: Map<string, Remembered<T>>, place: string, read: () => Promise<T>): Promise<T> {
    const asking = this.#asking.get(all) ?? new Map<string, Promise<unknown>>();
    this.#asking.set(all, asking);
    const running = asking.get(place);
    if (running) return running as Promise<T>;
    const mine = this.#askNow(all, place, read).finally(() => asking.delete(place));
    asking.set(place, mine);
    return mine;
  }

  async #askNow<T>(all: Map<string, Remembered<T>>, place: string, read: () => Promise<T>): Promise<T> {
    const askedAt = elapsedMs();
    const voided = sharedCache().voided();
    const value = await read();
    if (this.#boundMs > 0 && (all.has(place) || all.size < mostRemembered)) all.set(place, { value, askedAt, voided });
    return value;
  }

  #sweep(): void {
    const now = elapsedMs();
    for (const all of [this.#callers, this.#keys])
      for (const [place, known] of all) if (!this.#isGood(known, now)) all.delete(place);
    for (const [place, at] of this.#missed) if (now - at > this.#boundMs) this.#missed.delete(place);
    for (const [tenantId, limits] of this.#limits) if (limits.isIdle(now)) this.#limits.delete(tenantId);
  }
}

/** At this part of the bound, what is in use is read anew. */
const readAgainAt = 0.5;
const sweepMs = 2_000;
/** Of callers and of keys each: beyond it the database is asked each time. */
const mostRemembered = 100_000;

/** A key that refuses is asked by the operations alone, for as long as that is remembered: not twice for each request. */
function nullIfRefused(error: unknown): null {
  if (error instanceof Refusal) return null;
  throw error;
}

const nothing = () => undefined;

async function resolveCaller(authorization: string): Promise<KnownCaller> {
  // Before the database is asked, so that an end that it counts from its own clock never comes later here.
  const askedAt = elapsedMs();
  const actor = await identify(callerOf(authorization), databaseNow());
  if (actor.kind === 'token')
    return { service: actor, endsAt: actor.endsInMs === null ? Number.POSITIVE_INFINITY : askedAt + actor.endsInMs };
  const ended = actor.kind === 'anonymous' && actor.ended === true;
  return { service: undefined, endsAt: Number.POSITIVE_INFINITY, ended };
}
