'use server';

import { currentCaller } from '#lib/auth/current-caller.ts';
import { updateApps } from '#lib/operations/apps/update-apps.ts';
import type { SavedSelection } from '../_shared/apps-choice/apps-selection.ts';
import { shownAnew } from '../_shared/shown-anew.ts';

export async function updateAppsAction(input: { keyId: string; revision: number; selection: SavedSelection }) {
  return shownAnew(await updateApps(await currentCaller(), input));
}
