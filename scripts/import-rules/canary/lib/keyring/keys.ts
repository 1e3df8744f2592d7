import { read } from '../operations/read.ts'; // one-way-keyring
export const keys = read;
