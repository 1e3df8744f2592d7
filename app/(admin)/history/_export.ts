import { redirect } from 'next/navigation';
import { currentCaller } from '#lib/auth/current-caller.ts';
import { errorWords, type Result } from '#lib/byok/errors.ts';
import type { HistoryEvent } from '#lib/byok/views.ts';
import { listHistory } from '#lib/operations/list-history.ts';
import { type HistoryFilters, readFilters } from './_filters.ts';

/** How an export is written: once at the start, once per event, once at the end. */
export type ExportFormat = {
  contentType: string;
  fileName: string;
  start: string;
  event: (event: HistoryEvent, index: number) => string;
  end: string;
};

const pageSize = 100;

/**
 * The whole history under the filters of the address, newest first, as a download that is written page by page, so
 * that a long history never lies in memory at once. A failure half way breaks the download off instead of
 * passing for the end.
 */
export async function exportHistory(request: Request, format: ExportFormat): Promise<Response> {
  const filters = readFilters(Object.fromEntries(new URL(request.url).searchParams));
  const caller = await currentCaller();
  const readPage = (before: string | undefined) =>
    listHistory(caller, { ...filtersWithout(filters), ...(before ? { before } : {}), limit: pageSize });

  const first = await readPage(filters.before);
  if (!first.ok) {
    if (first.error.code === 'unauthenticated') redirect(`/sign-in?next=${encodeURIComponent('/history')}`);
    return Response.json(first, { status: errorWords[first.error.code].status });
  }

  return new Response(streamOf(written(first.data, format, readPage)), {
    headers: {
      'Content-Type': format.contentType,
      'Content-Disposition': `attachment; filename="${format.fileName}"`,
      'Cache-Control': 'no-store',
    },
  });
}

type Page = { events: HistoryEvent[]; next: string | null };

async function* written(
  first: Page,
  format: ExportFormat,
  readPage: (before: string) => Promise<Result<Page>>,
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

/** Asks for the next piece only when the reader has taken the last one, and ends with the reader. */
function streamOf(pieces: AsyncGenerator<string>): ReadableStream<Uint8Array> {
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

function filtersWithout({ outcome, operation }: HistoryFilters): Omit<HistoryFilters, 'before'> {
  return { ...(outcome ? { outcome } : {}), ...(operation ? { operation } : {}) };
}
