import type { HistoryEvent } from '#lib/byok/account-views.ts';
import type { Result } from '#lib/byok/errors.ts';

/** How an export is written: once at the start, once per event, once at the end. */
export type ExportFormat = {
  contentType: string;
  fileName: string;
  start: string;
  event: (event: HistoryEvent, index: number) => string;
  end: string;
};

export type HistoryPage = { events: HistoryEvent[]; next: string | null };

/**
 * The export as a stream of UTF-8. The next page is read only when the reader has taken the last one, so that a long
 * history never lies in memory at once. A page that cannot be read breaks the stream off instead of passing for the end.
 */
export function exportStream(
  first: HistoryPage,
  format: ExportFormat,
  readPage: (before: string) => Promise<Result<HistoryPage>>,
): ReadableStream<Uint8Array> {
  const pieces = written(first, format, readPage);
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
}

async function* written(
  first: HistoryPage,
  format: ExportFormat,
  readPage: (before: string) => Promise<Result<HistoryPage>>,
): AsyncGenerator<string> {
  yield format.start;
  let page = first;
  let count = 0;
  for (;;) {
    yield page.events.map((event) => format.event(event, count++)).join('');
    if (page.next === null) break;
    const following = await readPage(page.next);
    if (!following.ok)
      throw new Error(`The history could not be read to its end (request ${following.error.requestId}).`);
    page = following.data;
  }
  yield format.end;
}
