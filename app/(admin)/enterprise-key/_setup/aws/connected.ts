import type { AwsAuthMode } from '#lib/byok/aws/connection.ts';
import type { ConfigurationView } from '#lib/byok/setup-views.ts';

/** Whether all that a test needs is there, in whichever way Keyward is let in. */
export function isConnected(configuration: ConfigurationView): boolean {
  const { authMode, keyArn, createsKey } = configuration;
  return isLetIn[authMode](configuration) && (keyArn !== '' || createsKey);
}

const isLetIn: Readonly<Record<AwsAuthMode, (configuration: ConfigurationView) => boolean>> = {
  'assume-role': ({ roleArn }) => roleArn !== '',
  'access-key': ({ accessKeyId, hasSecret }) => accessKeyId !== '' && hasSecret,
};
