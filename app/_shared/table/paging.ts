/** Rows that one page of a long table shows: enough to scan, few enough to stay fluent with ten thousand apps. */
export const rowsPerPage = 50;

export type PageOf<Row> = { rows: Row[]; page: number; pages: number; first: number; last: number; total: number };

/** One page of rows. A page past the end is the last one. `first` and `last` count from 1; both are 0 without rows. */
export function pageOf<Row>(rows: Row[], wantedPage: number): PageOf<Row> {
  const pages = Math.max(1, Math.ceil(rows.length / rowsPerPage));
  const page = Math.min(Math.max(1, wantedPage), pages);
  const start = (page - 1) * rowsPerPage;
  const shown = rows.slice(start, start + rowsPerPage);
  return {
    rows: shown,
    page,
    pages,
    first: shown.length === 0 ? 0 : start + 1,
    last: start + shown.length,
    total: rows.length,
  };
}
