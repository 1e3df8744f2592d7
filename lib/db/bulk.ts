import 'server-only';
import type { Connection } from 'pg';
import { bulkPool } from './client.ts';

/**
 * Many rows with bytes in them, past Prisma: bytes travel as they are and not as text, which on the way of a million
 * records is most of the time. Errors are PostgreSQL's own, which `isDatabaseDown` and `isDatabaseBusy` know.
 */

/** A column of a row as PostgreSQL sends it in binary: https://www.postgresql.org/docs/current/sql-copy.html#id-1.9.3.55.9.4 */
export type RawColumn = Buffer | null;

/**
 * The rows of a query.
 * @param query without parameters, since COPY takes none: only what `uuid` and `uuids` have made of IDs may be put into it
 */
export async function readBulk<T>(query: string, toRow: (columns: RawColumn[]) => T): Promise<T[]> {
  const pieces = await copyOut(`COPY (${query}) TO STDOUT (FORMAT binary)`);
  return parseCopy(Buffer.concat(pieces), toRow);
}

/** Runs a statement under a name, so that the server plans it once per connection. @returns the rows it touched */
export async function writeBulk(name: string, statement: string, values: unknown[]): Promise<number> {
  const { rowCount } = await bulkPool().query({ name, text: statement, values });
  return rowCount ?? 0;
}

/** An ID in SQL. @throws TypeError for anything that is not one */
export function uuid(id: string): string {
  return `'${checked(id)}'::uuid`;
}

/** IDs as a list in SQL. @throws TypeError for anything that is not an ID */
export function uuids(ids: readonly string[]): string {
  return `'{${ids.map(checked).join(',')}}'::uuid[]`;
}

/** Byte strings behind one another, to be sent as one value, with where each of them lies in SQL's counting from 1. */
export function pack(values: readonly Uint8Array[]): { bytes: Buffer; starts: number[]; lengths: number[] } {
  const starts: number[] = [];
  let next = 1;
  for (const { length } of values) {
    starts.push(next);
    next += length;
  }
  return { bytes: Buffer.concat(values), starts, lengths: values.map(({ length }) => length) };
}

/** The text of a uuid column. */
export function toUuid(column: RawColumn | undefined): string {
  const hex = required(column).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** The same where there may be none. */
export function toUuidOrNull(column: RawColumn | undefined): string | null {
  return column ? toUuid(column) : null;
}

/** The number in an integer column. */
export function toInteger(column: RawColumn | undefined): number {
  return required(column).readInt32BE(0);
}

/** The bytes of a bytea column: a view of what was received, with the rows beside it. */
export function toBytes(column: RawColumn | undefined): Buffer {
  return required(column);
}

function checked(id: string): string {
  if (!/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(id))
    throw new TypeError('An identifier is not a UUID.');
  return id;
}

async function copyOut(statement: string): Promise<Buffer[]> {
  const client = await bulkPool().connect();
  let failure: Error | undefined;
  try {
    return await new Promise((resolve, reject) => {
      const pieces: Buffer[] = [];
      const fail = (error: Error) => {
        failure = error;
        reject(error);
      };
      const copy = {
        submit: (connection: Connection) => connection.query(statement),
        // The buffer that it lies in is used again for what comes next.
        handleCopyData: ({ chunk }: { chunk: Buffer }) => pieces.push(Buffer.from(chunk)),
        handleError: fail,
        handleCommandComplete() {},
        handleReadyForQuery: () => resolve(pieces),
      };
      client.query(copy);
    });
  } finally {
    // A connection that failed in the middle of a copy is not used again.
    client.release(failure);
  }
}

/** Signature, flags, length of an extension that nobody uses; then the rows; then -1. */
const headerBytes = 11 + 4 + 4;

function parseCopy<T>(bytes: Buffer, toRow: (columns: RawColumn[]) => T): T[] {
  const rows: T[] = [];
  let at = headerBytes + bytes.readInt32BE(headerBytes - 4);
  for (;;) {
    const count = bytes.readInt16BE(at);
    at += 2;
    if (count < 0) return rows;
    const columns: RawColumn[] = [];
    for (let column = 0; column < count; column++) {
      const length = bytes.readInt32BE(at);
      at += 4;
      columns.push(length < 0 ? null : bytes.subarray(at, at + length));
      at += Math.max(0, length);
    }
    rows.push(toRow(columns));
  }
}

function required(column: RawColumn | undefined): Buffer {
  if (!column) throw new TypeError('A column has no value.');
  return column;
}
