/**
 * `npm run build`: the production build, skipped when nothing that it reads has changed.
 */
import { runCommand } from './refusal.ts';
import { build, ensure } from './steps.ts';

await runCommand(async () => {
  const outcome = await ensure(build, { loud: true });
  if (outcome === 'unchanged') console.log('Nothing has changed since the last build.');
});
