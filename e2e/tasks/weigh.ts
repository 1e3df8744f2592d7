/** What a page weighs: what a browser fetches for it that has nothing yet, and how far it moves while it comes. */
import type { Page, Request } from '@playwright/test';

export type Weight = {
  /** Bytes as they came over the wire. */
  scripts: number;
  fonts: number;
  /** The sum of all layout shifts (https://web.dev/articles/cls), not of the worst five seconds alone. */
  shift: number;
  /** Scripts that came as they are. */
  uncompressed: string[];
};

/** Loads a page in a window that has fetched nothing before. */
export async function weigh(page: Page, address: string): Promise<Weight> {
  const fetched: Request[] = [];
  page.on('requestfinished', (request) => fetched.push(request));
  await page.addInitScript(watchShifts);
  // Code that the page itself asks for later belongs to it: it is at rest once it asks for nothing more.
  const response = await page.goto(address, { waitUntil: 'networkidle' });
  if (response?.status() !== 200) throw new Error(`${address} answered ${response?.status()}.`);
  const files = await Promise.all(fetched.map(sizeOf));
  const sum = (type: string) => files.filter((file) => file.type === type).reduce((all, { bytes }) => all + bytes, 0);
  return {
    scripts: sum('script'),
    fonts: sum('font'),
    shift: await page.evaluate(() => Number(document.documentElement.dataset.shift ?? 0)),
    uncompressed: files.filter(({ type, compressed }) => type === 'script' && !compressed).map(({ url }) => url),
  };
}

async function sizeOf(request: Request) {
  const [sizes, response] = await Promise.all([request.sizes(), request.response()]);
  const encoding = await response?.headerValue('content-encoding');
  return {
    url: request.url(),
    type: request.resourceType(),
    bytes: sizes.responseBodySize,
    compressed: Boolean(encoding),
  };
}

/** Runs in the page, before anything of it does. */
function watchShifts(): void {
  let shift = 0;
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[]) {
      if (!entry.hadRecentInput) shift += entry.value;
    }
    document.documentElement.dataset.shift = String(shift);
  });
  observer.observe({ type: 'layout-shift', buffered: true });
}
