/**
 * What the schema engine speaks to PostgreSQL through: Prisma's adapter, but for three things that it does for queries
 * and that migrations cannot live with.
 *  - It cuts a script at every semicolon, also inside function bodies and comments, and runs the pieces one by one. Here
 *    a script is sent whole: PostgreSQL runs it as one transaction, as `prisma migrate` has it.
 *  - It does not know PostgreSQL's type "char", which the catalogue is full of.
 *  - Given a URL, it would make its shadow database and then connect to the first one, and clean that.
 */
import { randomUUID } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import {
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
  type SqlResultSet,
} from '@prisma/driver-adapter-utils';
import pg from 'pg';

export interface MigrationAdapter {
  factory: SqlMigrationAwareDriverAdapterFactory;
  /** The engine never lets go of its connections, and one of them holds its lock on the migrations. */
  close(): Promise<void>;
}

/** An adapter factory for the engine, connected to this database. */
export function migrationAdapter(connectionString: string): MigrationAdapter {
  const closing: (() => Promise<void>)[] = [];
  const factory: SqlMigrationAwareDriverAdapterFactory = {
    provider: 'postgres',
    adapterName: '@prisma/adapter-pg',
    connect: () => connect(connectionString, closing),
    connectToShadowDb: async () => {
      const name = `shadow_${randomUUID().replaceAll('-', '')}`;
      await once(connectionString, `CREATE DATABASE ${name}`);
      closing.push(() => once(connectionString, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
      const address = new URL(connectionString);
      address.pathname = `/${name}`;
      return connect(address.href, closing);
    },
  };
  return {
    factory,
    close: async () => {
      for (const end of closing.splice(0).reverse()) await end();
    },
  };
}

async function connect(connectionString: string, closing: (() => Promise<void>)[]): Promise<SqlDriverAdapter> {
  const pool = new pg.Pool({ connectionString, Client: CatalogueClient as unknown as new () => pg.ClientBase, max: 4 });
  let ended: Promise<void> | undefined;
  const end = () => {
    ended ??= pool.end();
    return ended;
  };
  closing.push(end);
  const adapter = await new PrismaPg(pool).connect();
  const queryRaw = adapter.queryRaw.bind(adapter);
  adapter.queryRaw = async (query) => restoreChars(await queryRaw(query));
  adapter.executeScript = async (script) => {
    await pool.query(script);
  };
  adapter.dispose = end;
  return adapter;
}

async function once(connectionString: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

const charType = 18;
const textType = 25;
const charMark = '\u0000char';

/** Lets columns of the one-letter type "char" pass as text, with a mark in their name that `restoreChars` takes off. */
class CatalogueClient extends pg.Client {
  constructor(config?: pg.ClientConfig) {
    super(config);
    // Registered before the client's own listener, so that it sees the type changed.
    Reflect.get(this, 'connection').on('rowDescription', ({ fields }: { fields: pg.FieldDef[] }) => {
      for (const field of fields.filter(({ dataTypeID }) => dataTypeID === charType)) {
        field.dataTypeID = textType;
        field.name += charMark;
      }
    });
  }
}

function restoreChars({ columnNames, columnTypes, ...rest }: SqlResultSet): SqlResultSet {
  return {
    ...rest,
    columnNames: columnNames.map((name) => name.replace(charMark, '')),
    columnTypes: columnTypes.map((type, i) => (columnNames[i]?.endsWith(charMark) ? ColumnTypeEnum.Character : type)),
  };
}
