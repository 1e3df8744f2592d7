import { read } from '../operations/read.ts'; // one-way-key-lifecycle
export const stale = read;
