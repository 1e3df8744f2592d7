import { words } from '../../_setup/words.ts'; // features-do-not-know-each-other
import { page } from '../page.tsx'; // features-below-pages
export const plan = [words, page];
