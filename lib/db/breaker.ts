import 'server-only';
import pg from 'pg';
import { log } from '../config/log.ts';

/** The database takes questions and gives no answer. `isDatabaseDown` knows it by its message. */
export class DatabaseSilent extends Error {
  override name = 'DatabaseSilent';
  constructor() {
    super('The database is silent: no question is sent to it until it answers again.');
  }
}

export type BreakerTiming = {
  /** When nothing was heard for so long while somebody waits, the database is asked on a connection of its own. */
  suspectAfterMs: number;
  /** Silence for so long after that means that it does not answer anybody. */
  answersWithinMs: number;
  /** How often a silent database is asked whether it is back. */
  probeEveryMs: number;
};

/** Together half of the three seconds in which everybody is promised an answer: a page is still to be made, on a crowded machine. */
export const breakerTiming: BreakerTiming = { suspectAfterMs: 500, answersWithinMs: 1_000, probeEveryMs: 1_000 };

const tickMs = 100;

/**
 * Tells a silent database from a slow statement, and cuts it off: what waits for it fails at once, and so does whatever
 * comes next, until a probe is answered. A statement that waits for a lock is no silence, since the probe is answered
 * meanwhile; a crowded server is none either, since any byte from it on any connection counts as an answer.
 */
export class Breaker {
  readonly #url: string;
  readonly #timing: BreakerTiming;
  readonly #pools: pg.Pool[] = [];
  /** Every connection of the pools, with how many bytes were heard on it. */
  readonly #heard = new Map<pg.Client, number>();
  #heardAt = performance.now();
  #tickedAt = performance.now();
  #ticking: NodeJS.Timeout | undefined;
  #probe: pg.Client | undefined;
  #probedAt = 0;
  #open = false;

  constructor(url: string, timing: BreakerTiming = breakerTiming) {
    this.#url = url;
    this.#timing = timing;
  }

  get open(): boolean {
    return this.#open;
  }

  /** A pool whose connections are watched. */
  pool(settings: pg.PoolConfig): pg.Pool {
    const pool = new pg.Pool({ ...settings, Client: this.#watchedClient() });
    // Without a listener an idle connection that is lost would end the process; whoever asks next hears of it.
    pool.on('error', () => undefined);
    pool.on('acquire', () => this.#watch());
    this.#pools.push(pool);
    return pool;
  }

  /** Ends watching and probing; the pools are ended by their owner. */
  close(): void {
    clearInterval(this.#ticking);
    this.#ticking = undefined;
    this.#endProbe();
  }

  #watchedClient() {
    const breaker = this;
    return class extends pg.Client {
      constructor(config?: pg.ClientConfig) {
        super(config);
        breaker.#heard.set(this, 0);
        this.once('end', () => breaker.#heard.delete(this));
        breaker.#watch();
      }

      override connect(): Promise<pg.Client>;
      override connect(callback: (error: Error, client: pg.Client) => void): void;
      override connect(callback?: (error: Error, client: pg.Client) => void): Promise<pg.Client> | undefined {
        if (!breaker.open) {
          if (!callback) return super.connect() as Promise<pg.Client>;
          super.connect(callback as never);
          return undefined;
        }
        breaker.#heard.delete(this);
        const silent = new DatabaseSilent();
        if (!callback) return Promise.reject(silent);
        process.nextTick(() => callback(silent, this));
        return undefined;
      }
    };
  }

  #watch(): void {
    if (this.#ticking) return;
    this.#heardAt = performance.now();
    this.#tickedAt = this.#heardAt;
    this.#ticking = setInterval(() => this.#tick(), tickMs);
    this.#ticking.unref();
  }

  #tick(): void {
    const now = performance.now();
    // A tick that comes late tells of this process, not of the database: what it has sent may not be read yet.
    const late = now - this.#tickedAt > 4 * tickMs;
    this.#tickedAt = now;
    if (this.#hears() || late) this.#heardAt = now;
    if (this.#open) this.#askAgain(now);
    else if (this.#isAwaited()) this.#evaluate(now, now - this.#heardAt);
    else this.close();
  }

  #evaluate(now: number, silentForMs: number): void {
    const { suspectAfterMs, answersWithinMs } = this.#timing;
    if (silentForMs > suspectAfterMs && !this.#probe) this.#ask(now);
    if (silentForMs > suspectAfterMs + answersWithinMs) this.#cutOff();
  }

  /** Whether anything came from the server since the last look. */
  #hears(): boolean {
    let heard = false;
    for (const [client, before] of this.#heard) {
      const bytes = socketOf(client).bytesRead ?? 0;
      if (bytes > before) heard = true;
      this.#heard.set(client, bytes);
    }
    return heard || (this.#probe !== undefined && (socketOf(this.#probe).bytesRead ?? 0) > 0);
  }

  #isAwaited(): boolean {
    return this.#pools.some((pool) => pool.waitingCount > 0 || pool.totalCount > pool.idleCount);
  }

  #ask(now: number): void {
    this.#probedAt = now;
    const probe = new pg.Client({ connectionString: this.#url, application_name: 'keyward-probe' });
    this.#probe = probe;
    probe.on('error', () => undefined);
    probe
      .connect()
      .then(() => probe.query('SELECT 1'))
      .then(
        () => this.#answered(probe),
        // A refusal is an answer as well, where it came from the server: what it says is for those who ask.
        (error: unknown) => {
          if (isServersWord(error)) this.#answered(probe);
        },
      );
  }

  #answered(probe: pg.Client): void {
    if (this.#probe !== probe) return;
    this.#endProbe();
    this.#heardAt = performance.now();
    if (!this.#open) return;
    this.#open = false;
    log().info('the database answers again');
  }

  #askAgain(now: number): void {
    const { probeEveryMs, answersWithinMs } = this.#timing;
    if (now - this.#probedAt < (this.#probe ? Math.max(probeEveryMs, answersWithinMs) : probeEveryMs)) return;
    this.#endProbe();
    this.#ask(now);
  }

  #cutOff(): void {
    this.#open = true;
    log().error('the database is silent: requests that need it are refused until it answers');
    for (const client of this.#heard.keys()) socketOf(client).destroy();
  }

  #endProbe(): void {
    const probe = this.#probe;
    this.#probe = undefined;
    if (probe) socketOf(probe).destroy();
  }
}

function socketOf(client: pg.Client): pg.Client['connection']['stream'] & { bytesRead?: number } {
  return client.connection.stream;
}

/** Whether PostgreSQL itself has said it: https://www.postgresql.org/docs/current/errcodes-appendix.html */
function isServersWord(error: unknown): boolean {
  return error instanceof pg.DatabaseError;
}
