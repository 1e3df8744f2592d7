/**
 * zod, as all of Keyward imports it: `import * as z from '#lib/byok/zod-config.ts'`. So every schema is made after the call below;
 * zod 4 otherwise probes `eval` in browsers, which the content security policy of every page forbids (https://zod.dev/api?id=jitless).
 * And so a page loads what its schemas use: zod's own object `z` would bring all of it, in fifty languages.
 */
import { config } from 'zod';

config({ jitless: true });

export * from 'zod';
