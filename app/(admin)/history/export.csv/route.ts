import { csvHeader, csvRow } from '../_csv.ts';
import { exportHistory } from '../_export.ts';

export function GET(request: Request): Promise<Response> {
  return exportHistory(request, {
    contentType: 'text/csv; charset=utf-8',
    fileName: 'keyward-history.csv',
    start: csvHeader(),
    event: csvRow,
    end: '',
  });
}
