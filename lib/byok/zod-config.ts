/**
 * Imported before any schema is made: zod 4 otherwise probes `eval` in browsers, which the content security policy
 * of every page forbids (https://zod.dev/api?id=jitless).
 */
import { z } from 'zod';

z.config({ jitless: true });

export { z };
