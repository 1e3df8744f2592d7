import { words } from '../(admin)/enterprise-key/_setup/words.ts'; // shared-above-features
export const format = words;
