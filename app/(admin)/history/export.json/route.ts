import { exportHistory } from '../_export.ts';

export function GET(request: Request): Promise<Response> {
  return exportHistory(request, {
    contentType: 'application/json; charset=utf-8',
    fileName: 'keyward-history.json',
    start: '[\n',
    event: (event, index) => `${index === 0 ? '' : ',\n'}${JSON.stringify(event)}`,
    end: '\n]\n',
  });
}
