import 'server-only';
import { countOf } from '../../byok/format.ts';
import type { KeyState } from '../../byok/lifecycle.ts';
import { anyService } from '../../byok/providers.ts';
import type { Tx } from '../../db/client.ts';
import { countHanging, type Hanging } from '../../db/key-deletion.ts';

/** What keeps a key from being deleted, a sentence each; empty where nothing hangs on it. */
export async function usesOf(key: { id: string; state: KeyState }, tx?: Tx): Promise<string[]> {
  return usesInWords(key.state, await countHanging(key.id, tx));
}

export function usesInWords(state: KeyState, hanging: Hanging): string[] {
  const uses: string[] = [];
  if (state === 'scheduled') uses.push('It is scheduled. Revert it to None first.');
  if (hanging.apps > 0) {
    const more = hanging.apps - hanging.appNames.length;
    const names = more > 0 ? `${hanging.appNames.join(', ')} and ${more} more` : hanging.appNames.join(', ');
    uses.push(`${countOf(hanging.apps, 'app or bot uses', 'apps and bots use')} it: ${names}.`);
  }
  if (hanging.dataKeys > 0) {
    uses.push(`${countOf(hanging.dataKeys, 'data key is', 'data keys are')} wrapped by its versions.`);
  }
  if (hanging.transitions > 0) uses.push('A change to it is under way. Wait until it has finished.');
  if (hanging.creations > 0)
    uses.push(`Keyward is creating a key in ${anyService} for it. Wait until that has finished.`);
  if (uses.length === 0 && state !== 'draft' && state !== 'reverted')
    uses.push('It is active. Revert it to None first.');
  return uses;
}
