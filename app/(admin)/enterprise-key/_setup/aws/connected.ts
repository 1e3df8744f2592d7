import type { ConfigurationView } from '#lib/byok/setup-views.ts';

/** Whether Connect has all that a test needs, in whichever way we are let in. */
export function isConnected(configuration: ConfigurationView): boolean {
  const { authMode, accessKeyId, hasSecret, roleArn, keyArn, createsKey } = configuration;
  const letIn = authMode === 'access-key' ? accessKeyId !== '' && hasSecret : roleArn !== '';
  return letIn && (keyArn !== '' || createsKey);
}
