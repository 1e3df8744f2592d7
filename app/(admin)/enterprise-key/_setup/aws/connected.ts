import type { ConfigurationView } from '#lib/byok/setup-views.ts';

/** Whether all that a test needs is there, in whichever way Keyward is let in. */
export function isConnected(configuration: ConfigurationView): boolean {
  const { authMode, accessKeyId, hasSecret, roleArn, keyArn, createsKey } = configuration;
  const letIn = authMode === 'access-key' ? accessKeyId !== '' && hasSecret : roleArn !== '';
  return letIn && (keyArn !== '' || createsKey);
}
