import { redirect } from 'next/navigation';
import { currentCaller } from '#lib/auth/current-caller.ts';
import { errorWords } from '#lib/byok/errors.ts';
import type { listHistory } from '#lib/operations/history/list-history.ts';
import { type ExportFormat, exportStream } from './export-stream.ts';
import { askedFor, readFilters } from './filters.ts';
import { choiceOf, historyHref } from './history-address.ts';

const eventsPerRead = 500;

/** Which history, and the page that shows it. */
type ExportedHistory = { list: typeof listHistory; path: string };

/** The whole history under the filters of the address, newest first, as a download. */
export async function exportHistory(
  request: Request,
  format: ExportFormat,
  { list, path }: ExportedHistory,
): Promise<Response> {
  const filters = choiceOf(readFilters(Object.fromEntries(new URL(request.url).searchParams)));
  const caller = await currentCaller();
  const readPage = (before?: string) =>
    list(caller, { ...askedFor(filters), ...(before ? { before } : {}), limit: eventsPerRead });

  const first = await readPage();
  if (!first.ok) {
    if (first.error.code === 'unauthenticated')
      redirect(`/sign-in?next=${encodeURIComponent(historyHref(filters, path))}`);
    return Response.json(first, { status: errorWords[first.error.code].status });
  }
  return new Response(exportStream(first.data, format, readPage), {
    headers: {
      'Content-Type': format.contentType,
      'Content-Disposition': `attachment; filename="${format.fileName}"`,
      'Cache-Control': 'no-store',
    },
  });
}
