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
export async function setConfigurations(
  world: World,
  keyId: string,
  { provider, authMode }: StoredMode,
): Promise<void> {
  await enter(world, provider);
  const values = [keyId, provider, authMode];
  await world.asOwner('UPDATE key_configuration SET provider = $2, auth_mode = $3 WHERE key_id = $1', values);
}

export async function setVersion(world: World, versionId: string, { provider, authMode }: StoredMode): Promise<void> {
  await enter(world, provider);
  const values = [versionId, provider, authMode];
  await world.asOwner(
    `UPDATE key_version SET provider = $2, auth_mode = $3, connection = connection
       || jsonb_build_object('provider', $2::text, 'auth', connection -> 'auth' || jsonb_build_object('mode', $3::text))
      WHERE id = $1`,
    values,
  );
}

/** As the newer version does, or whoever wrote it: no row names a provider that is in no list. */
function enter(world: World, provider: string): Promise<void> {
  return world.asOwner('INSERT INTO provider (id) VALUES ($1) ON CONFLICT DO NOTHING', [provider]);
}

/** All calls that reached AWS, whoever made them. */
export async function callsToAws(world: World): Promise<object[]> {
  return (await world.aws.send('GET', 'calls')) as unknown as object[];
}
