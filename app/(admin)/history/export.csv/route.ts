import { listHistory } from '#lib/operations/history/list-history.ts';
import { exportHistory } from '../../../_history/export.ts';
import { csvFormat } from '../../../_history/formats.ts';

export function GET(request: Request): Promise<Response> {
  return exportHistory(request, csvFormat, { list: listHistory, path: '/history' });
}
