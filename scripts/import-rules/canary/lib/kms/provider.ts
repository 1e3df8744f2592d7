import { store } from '../db/store.ts'; // one-way-envelope-kms, envelope-and-kms-stand-alone
export const provider = store;
