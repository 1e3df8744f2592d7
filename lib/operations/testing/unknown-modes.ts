/** For tests: rows that name a provider or mode which this version does not know, put into the database by its owner. */
import type { StoredMode } from '../../byok/connection-mode.ts';
import type { World } from './world.ts';

/** What a newer version, or a hand, may have written: another cloud, another mode, and each as near to ours as can be. */
export const unknownModes = [
  ['another provider with a mode of ours', { provider: 'gcp', authMode: 'assume-role' }],
  ['a mode that AWS does not have here', { provider: 'aws', authMode: 'federated' }],
  ['a name of ours in capitals', { provider: 'AWS', authMode: 'access-key' }],
  ['nothing', { provider: '', authMode: '' }],
] as const;

/** Every configuration of an enterprise key. */
export function setConfigurations(world: World, keyId: string, { provider, authMode }: StoredMode): Promise<void> {
  const values = [keyId, provider, authMode];
  return world.asOwner('UPDATE key_configuration SET provider = $2, auth_mode = $3 WHERE key_id = $1', values);
}

export function setVersion(world: World, versionId: string, { provider, authMode }: StoredMode): Promise<void> {
  const values = [versionId, provider, authMode];
  return world.asOwner('UPDATE key_version SET provider = $2, auth_mode = $3 WHERE id = $1', values);
}

/** All calls that reached AWS, whoever made them. */
export async function callsToAws(world: World): Promise<object[]> {
  return (await world.aws.send('GET', 'calls')) as unknown as object[];
}
