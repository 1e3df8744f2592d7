import type { Bench } from './bench.ts';
import { rewrapKms } from './benches/aws/rewrap-kms.ts';
import { cipher } from './benches/cipher.ts';
import { dataPlane } from './benches/data-plane.ts';
import { encryptionSdk } from './benches/encryption-sdk.ts';
import { pages } from './benches/pages.ts';
import { path } from './benches/path.ts';
import { reading } from './benches/reading.ts';
import { records } from './benches/records.ts';
import { rewrapInProcess } from './benches/rewrap-in-process.ts';
import { stream } from './benches/stream.ts';

/** Every bench there is; a new one is one file and one line here. */
export const benches: readonly Bench[] = [
  rewrapInProcess,
  rewrapKms,
  records,
  reading,
  dataPlane,
  cipher,
  pages,
  path,
  encryptionSdk,
  stream,
];
