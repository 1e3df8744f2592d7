import type { Bench, Figure, Note } from '../bench.ts';
import { openConsole } from '../console.ts';

/** How soon somebody sees what a page is about, against a page of the same shell with next to nothing on it. */
export const pages: Bench = {
  name: 'pages',
  // A page is painted within some tens of milliseconds, of which the machine takes and gives a third.
  rounds: 11,
  async prepare(lab) {
    const console = await openConsole(lab);
    const key = await console.find('/enterprise-key', /^Open /);
    const step = await console.draft();
    const addresses: Record<string, string> = {
      empty: '/account/password',
      keys: '/enterprise-key',
      key,
      setup: step,
      apps: '/apps',
      history: '/history',
    };
    // What a server does once only is not the page's.
    for (const address of Object.values(addresses)) await console.open(address);
    const against = { side: 'empty', reading: 'largest', unit: 'ms' };
    const measured = Object.keys(addresses).filter((side) => side !== 'empty');
    return {
      setting: `${measured.length} pages in windows that have fetched nothing before, against the password page`,
      sides: Object.fromEntries(
        Object.entries(addresses).map(([side, address]) => [side, () => console.open(address)]),
      ),
      figures: measured.map(
        (side): Figure => ({
          title: `Largest paint of ${titles[side]}, against an empty page`,
          goal: { most: 1.5 },
          ours: { side, reading: 'largest', unit: 'ms' },
          against,
        }),
      ),
      notes: Object.keys(addresses).map(
        (side): Note => ({ title: 'First byte of the answer', side, reading: 'answer', unit: 'ms' }),
      ),
      close: () => console.close(),
    };
  },
};

const titles: Record<string, string> = {
  keys: 'the list of keys',
  key: 'the page of a key',
  setup: 'the first step of the wizard',
  apps: 'the apps',
  history: 'the history',
};
