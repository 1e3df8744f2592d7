import { connect } from './seed.ts';

/** How long one statement takes on the server; it must touch exactly that many rows. */
export async function timeUpdate(
  url: string,
  rows: number,
  sql: string,
  values: unknown[],
): Promise<{ seconds: number }> {
  const client = await connect(url);
  try {
    const began = performance.now();
    const { rowCount } = await client.query(sql, values);
    const seconds = (performance.now() - began) / 1000;
    if (rowCount !== rows) throw new Error(`The UPDATE touched ${rowCount} rows and not ${rows}.`);
    return { seconds };
  } finally {
    await client.end();
  }
}
