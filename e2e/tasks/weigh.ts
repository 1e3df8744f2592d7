/** What a page weighs: what a browser fetches for it that has nothing yet, and how far it moves while it comes. */
import { gzipSync } from 'node:zlib';
import type { Page, Request } from '@playwright/test';

export type Weight = {
  /** Bytes, compressed as the server does it. */
  scripts: number;
  fonts: number;
  /** The sum of all layout shifts (https://web.dev/articles/cls), not of the worst five seconds alone. */
  shift: number;
  /** What moved, from where to where, of each shift that counts. */
  moved: string[];
  /** Scripts that came as they are, though they are of more than a kilobyte: below that it would save next to nothing. */
  uncompressed: string[];
};

/** Loads a page in a window that has fetched nothing before. */
export async function weigh(page: Page, address: string): Promise<Weight> {
  const asked: Request[] = [];
  page.on('request', (request) => asked.push(request));
  await page.addInitScript(watchShifts);
  // Code that the page itself asks for later belongs to it: it is at rest once it asks for nothing more.
  const response = await page.goto(address, { waitUntil: 'networkidle' });
  if (response?.status() !== 200) throw new Error(`${address} answered ${response?.status()}.`);
  const kindOf = new Map(asked.map((request) => [request.url(), request.resourceType()]));
  const weighed = [...kindOf].filter(([, type]) => type === 'script' || type === 'font');
  const files = await Promise.all(weighed.map(([url, type]) => weighFile(page, url, type)));
  const sum = (type: string) => files.filter((file) => file.type === type).reduce((all, { bytes }) => all + bytes, 0);
  return {
    scripts: sum('script'),
    fonts: sum('font'),
    ...(await page.evaluate(() => window.shifts)),
    uncompressed: files
      .filter(({ type, bytes, compressed }) => type === 'script' && bytes > 1_024 && !compressed)
      .map(({ url }) => url),
  };
}

/** Fetched anew: of what it had begun to fetch before it was needed, the browser gives neither size nor content. */
async function weighFile(page: Page, url: string, type: string) {
  const answer = await page.request.get(url);
  const body = await answer.body();
  const bytes = type === 'script' ? gzipSync(body).length : body.length;
  return { url, type, bytes, compressed: answer.headers()['content-encoding'] !== undefined };
}

declare global {
  interface Window {
    shifts: Pick<Weight, 'shift' | 'moved'>;
  }
}

type LayoutShift = PerformanceEntry & {
  value: number;
  hadRecentInput: boolean;
  sources: { node: Node | null; previousRect: DOMRect; currentRect: DOMRect }[];
};

/** Runs in the page, before anything of it does. */
function watchShifts(): void {
  window.shifts = { shift: 0, moved: [] };
  const place = ({ x, y, width, height }: DOMRect) => [x, y, width, height].map(Math.round).join(' ');
  const observer = new PerformanceObserver((list) => {
    for (const { value, hadRecentInput, sources } of list.getEntries() as LayoutShift[]) {
      if (hadRecentInput) continue;
      window.shifts.shift += value;
      for (const { node, previousRect, currentRect } of sources)
        window.shifts.moved.push(
          `${value.toFixed(4)} ${place(previousRect)} to ${place(currentRect)}: ${(node?.textContent ?? '').slice(0, 60)}`,
        );
    }
  });
  observer.observe({ type: 'layout-shift', buffered: true });
}
