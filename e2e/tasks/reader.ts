import type { APIRequestContext } from '@playwright/test';
import { open, seal } from './services.ts';

const plaintext = Buffer.from('hello').toString('base64');
const context = { table: 'note' };

export type Reader = {
  /** Opens everything once; answers what came, by app: "ok" or the refusal's code. */
  readOnce: () => Promise<Record<string, string>>;
  /** Reads, and writes a little more, in a loop; the returned function ends it and answers what went wrong, and how many rounds it took. */
  keepReading: () => () => Promise<{ rounds: number; failures: string[] }>;
};

/** A service of the vendor's that has sealed something of each app, and reads it again. */
export async function makeReader(
  request: APIRequestContext,
  token: string,
  apps: readonly { id: string; name: string }[],
): Promise<Reader> {
  const sealed = new Map<string, string[]>();
  for (const app of apps) sealed.set(app.id, [await sealOne(app.id)]);

  async function sealOne(appId: string): Promise<string> {
    const [item] = await seal(request, token, appId, [{ plaintext, context }]);
    if (!item?.envelope) throw new Error(item?.error?.code ?? 'nothing was sealed');
    return item.envelope;
  }

  async function readOnce(): Promise<Record<string, string>> {
    const seen: Record<string, string> = {};
    for (const { id, name } of apps) {
      const items = (sealed.get(id) ?? []).map((envelope) => ({ envelope, context }));
      const answers = await open(request, token, id, items);
      const bad = answers.find((answer) => answer.plaintext !== plaintext);
      seen[name] = bad ? (bad.error?.code ?? 'something else') : 'ok';
    }
    return seen;
  }

  function keepReading() {
    const failures: string[] = [];
    let rounds = 0;
    let stopped = false;
    const work = (async () => {
      while (!stopped) {
        for (const [name, came] of Object.entries(await readOnce()))
          if (came !== 'ok') failures.push(`${name}: ${came}`);
        const app = apps[rounds % apps.length];
        if (app) sealed.set(app.id, [...(sealed.get(app.id) ?? []).slice(-20), await sealOne(app.id)]);
        rounds++;
      }
    })().catch((error: unknown) => void failures.push(String(error)));
    return async () => {
      stopped = true;
      await work;
      return { rounds, failures };
    };
  }

  return { readOnce, keepReading };
}
