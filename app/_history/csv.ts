import type { HistoryEvent } from '#lib/byok/account-views.ts';
import { anyWords } from '#lib/byok/providers.ts';
import { visible } from '#lib/byok/visible-text.ts';

const columns = [
  ['ID', (event) => event.id],
  ['Time', (event) => event.at],
  ['Who', (event) => event.actor],
  ['Role', (event) => event.actorRole],
  ['Operation', (event) => event.operation],
  ['Outcome', (event) => event.outcome],
  ['Code', (event) => event.code ?? ''],
  ['Target', (event) => event.target ?? ''],
  ['Before', (event) => jsonOrEmpty(event.before)],
  ['After', (event) => jsonOrEmpty(event.after)],
  ['Request ID', (event) => event.requestId],
  [`${anyWords.requestId}s`, (event) => event.providerRequestIds.join(' ')],
  ['From', (event) => event.source ?? ''],
  ['Tenant', (event) => event.tenantName ?? ''],
] satisfies [string, (event: HistoryEvent) => string][];

/** The first line of the export. */
export function csvHeader(): string {
  return csvLine(columns.map(([title]) => title));
}

/** One event as one line of RFC 4180, its line break included. */
export function csvRow(event: HistoryEvent): string {
  return csvLine(columns.map(([, read]) => visible(read(event))));
}

/**
 * A cell is always quoted. One that a spreadsheet would run as a formula gets an apostrophe in front, as OWASP advises
 * (https://owasp.org/www-community/attacks/CSV_Injection): whoever can name an app could otherwise run code at the auditor's desk.
 */
export function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

function csvLine(cells: string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function jsonOrEmpty(value: unknown): string {
  return value === null || value === undefined ? '' : JSON.stringify(value);
}
