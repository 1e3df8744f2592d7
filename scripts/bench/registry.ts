import type { Bench } from './bench.ts';
import { dataPlane } from './benches/data-plane.ts';
import { reading } from './benches/reading.ts';
import { records } from './benches/records.ts';
import { rewrapInProcess } from './benches/rewrap-in-process.ts';
import { rewrapKms } from './benches/rewrap-kms.ts';

/** Every bench there is; a new one is one file and one line here. */
export const benches: readonly Bench[] = [rewrapInProcess, rewrapKms, records, reading, dataPlane];
