import { listVendorHistory } from '#lib/operations/history/list-vendor-history.ts';
import { exportHistory } from '../../../(admin)/history/_export.ts';
import { csvFormat } from '../../../(admin)/history/_formats.ts';

export function GET(request: Request): Promise<Response> {
  return exportHistory(request, csvFormat, { list: listVendorHistory, path: '/vendor-history' });
}
