/**
 * Runs once before the server answers anybody, however it was started: an installation that is not sound does not serve.
 */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { putConsoleInLog } = await import('./lib/config/console-in-log.ts');
    if (process.env.NODE_ENV === 'production') putConsoleInLog();
    const { checkAtStart } = await import('./lib/keyring/check-at-start.ts');
    await checkAtStart();
  }
}
