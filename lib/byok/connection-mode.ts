/**
 * How a stored row says that a key is reached: its provider, and the authentication mode there. Rows are read by this alone.
 * A way that this version does not know is no role of AWS, nor anything else: nothing is asked with such a row, and it is
 * compared with no other.
 */
import { Refusal } from './errors.ts';
import { isProvider, type ProviderId, providerList, providers } from './providers.ts';
import { visible } from './visible-text.ts';

type ModesOf<P extends ProviderId> = (typeof providers)[P]['authModes'][number]['id'];
type Each<P extends ProviderId, M> = M extends string ? { provider: P; authMode: M } : never;

/** Each provider with each of its modes, as `providers` declares them. */
export type ConnectionMode = { [P in ProviderId]: Each<P, ModesOf<P>> }[ProviderId];

export const connectionModes: readonly ConnectionMode[] = providerList.flatMap(({ id: provider, authModes }) =>
  authModes.map(({ id: authMode }) => ({ provider, authMode }) as ConnectionMode),
);

/** As the database has it: any text. */
export type StoredMode = { provider: string; authMode: string };

/** A row of which both are known. */
export type Known<Row extends StoredMode> = Row & ConnectionMode;

export function isKnown<Row extends StoredMode>(row: Row): row is Known<Row> {
  return isProvider(row.provider) && providers[row.provider].authModes.some(({ id }) => id === row.authMode);
}

/** @throws Refusal `unknown-provider` */
export function known<Row extends StoredMode>(row: Row): Known<Row> {
  if (isKnown(row)) return row;
  throw unknownProvider(row);
}

export function unknownProvider(row: StoredMode): Refusal {
  const { provider, authMode } = row;
  return new Refusal('unknown-provider', {
    details: { cause: unknownWords(row) },
    why: { code: 'unknown-connection', args: { provider, authMode } },
  });
}

/** What the row says, as people may read it. */
export function unknownWords({ provider, authMode }: StoredMode): string {
  return `Stored with the key: cloud provider “${shown(provider)}”, authentication mode “${shown(authMode)}”. This version of Keyward does not know this way to connect.`;
}

function shown(text: string): string {
  return visible(text.slice(0, 64));
}
