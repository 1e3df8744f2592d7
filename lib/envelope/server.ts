/** What Next.js code uses: a build that would ship this to a browser fails. */
import 'server-only';

export * from './library.ts';
