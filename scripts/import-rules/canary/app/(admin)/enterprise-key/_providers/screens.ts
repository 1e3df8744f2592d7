import { words } from '../_setup/words.ts'; // providers-put-together-their-own
export const screens = words;
