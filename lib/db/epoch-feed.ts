import 'server-only';
import pg from 'pg';
import { databaseUrl, type Tx } from './client.ts';

const channel = 'keyward_epoch';

/** Tells every process, when the transaction commits, that copies of this key version's data keys are void. */
export async function publishEpoch(tx: Tx, versionId: string, epoch: number): Promise<void> {
  await tx.$executeRaw`SELECT pg_notify(${channel}, ${`${versionId}:${epoch}`})`;
}

export type EpochListener = {
  /** A key version's epoch has grown. */
  onEpoch(versionId: string, epoch: number): void;
  /** Something may have been missed: forget everything. */
  onGap(): void;
};

export type EpochFeed = {
  /** Resolves when the feed listens for the first time, after its first `onGap`, or is closed. Never rejects. */
  listening: Promise<void>;
  close(): Promise<void>;
};

/**
 * Listens on a connection of its own (never through a transaction pooler: LISTEN belongs to the session). A lost
 * connection is made again with a growing pause; what was said meanwhile is unknown, so each new connection begins
 * with `onGap`.
 */
export function listenForEpochs(listener: EpochListener): EpochFeed {
  const listening = Promise.withResolvers<void>();
  let closed = false;
  let client: pg.Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let pauseMs = 200;

  const again = () => {
    client = undefined;
    if (closed || timer) return;
    timer = setTimeout(() => {
      timer = undefined;
      void connect();
    }, pauseMs);
    timer.unref();
    pauseMs = Math.min(pauseMs * 2, 5_000);
  };

  const connect = async () => {
    const next = new pg.Client({
      connectionString: databaseUrl(),
      application_name: 'keyward-epochs',
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
    });
    next.on('notification', (message) => {
      const [versionId, epoch] = (message.payload ?? '').split(':');
      if (versionId && epoch) listener.onEpoch(versionId, Number(epoch));
    });
    next.on('error', () => void next.end().catch(() => undefined));
    next.on('end', () => {
      if (client === next) listener.onGap();
      if (client === next || client === undefined) again();
    });
    try {
      await next.connect();
      await next.query(`LISTEN ${channel}`);
      if (closed) return void (await next.end());
      client = next;
      pauseMs = 200;
      listener.onGap();
      listening.resolve();
    } catch {
      await next.end().catch(() => undefined);
      again();
    }
  };

  void connect();
  return {
    listening: listening.promise,
    async close() {
      closed = true;
      listening.resolve();
      clearTimeout(timer);
      const last = client;
      client = undefined;
      await last?.end().catch(() => undefined);
    },
  };
}
