import { listHistory } from '#lib/operations/history/list-history.ts';
import { exportHistory } from '../_export.ts';
import { csvFormat } from '../_formats.ts';

export function GET(request: Request): Promise<Response> {
  return exportHistory(request, csvFormat, { list: listHistory, path: '/history' });
}
