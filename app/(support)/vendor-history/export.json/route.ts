import { listVendorHistory } from '#lib/operations/history/list-vendor-history.ts';
import { exportHistory } from '../../../_history/export.ts';
import { jsonFormat } from '../../../_history/formats.ts';

export function GET(request: Request): Promise<Response> {
  return exportHistory(request, jsonFormat, { list: listVendorHistory, path: '/vendor-history' });
}
