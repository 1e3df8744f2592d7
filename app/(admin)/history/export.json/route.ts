import { listHistory } from '#lib/operations/history/list-history.ts';
import { exportHistory } from '../_export.ts';
import { jsonFormat } from '../_formats.ts';

export function GET(request: Request): Promise<Response> {
  return exportHistory(request, jsonFormat, { list: listHistory, path: '/history' });
}
