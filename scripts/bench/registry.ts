import type { Bench } from './bench.ts';
import { records } from './benches/records.ts';
import { rewrapInProcess } from './benches/rewrap-in-process.ts';

/** Every bench there is; a new one is one file and one line here. */
export const benches: readonly Bench[] = [rewrapInProcess, records];
