/** A data key that lies under a version of the key which a test's configuration is to follow, as the test proves it. */
import type { Connection } from '#lib/byok/connection.ts';
import type { DataKeyIds, KmsProvider } from './provider.ts';

export type StandingWrapping = {
  /** The version's. */
  number: number;
  /** The active version; the others are older, and data hangs on them still. */
  active: boolean;
  /** Its CMK. Where the configuration names the same one, the data is unwrapped with the configuration's own credentials. */
  pinnedKeyRef: string;
  connection: Connection;
  /** What hangs on it. */
  dataKeys: number;
  records: number;
  ids: DataKeyIds;
  wrapped: Buffer;
  /** The version's key with the version's own credentials, none of them from a cache. Whoever asks closes it. */
  connect(): Promise<KmsProvider>;
};
