import { csvHeader, csvRow } from './csv.ts';
import type { ExportFormat } from './export-stream.ts';

export const csvFormat: ExportFormat = {
  contentType: 'text/csv; charset=utf-8',
  fileName: 'keyward-history.csv',
  start: csvHeader(),
  event: csvRow,
  end: '',
};

/** One JSON array, an event per line. */
export const jsonFormat: ExportFormat = {
  contentType: 'application/json; charset=utf-8',
  fileName: 'keyward-history.json',
  start: '[\n',
  event: (event, index) => `${index === 0 ? '' : ',\n'}${JSON.stringify(event)}`,
  end: '\n]\n',
};
