import 'server-only';
import { Refusal } from '../../byok/errors.ts';
import {
  findAppUnder,
  listAppsUnderKey,
  listSelectedApps,
  resolveSelection,
  type Selection,
} from '../../db/app-store.ts';
import { db } from '../../db/client.ts';
import { displayedConfiguration, type KeyRow } from '../../db/key-store.ts';
import { isActive } from '../keys/key-facts.ts';
import type { Share } from '../transitions/start-transition.ts';
import { difference } from './selection.ts';

export type Change =
  | { kind: 'rotate'; reencrypt: boolean }
  | { kind: 'select-apps'; selection: Selection }
  | { kind: 'revert' }
  | { kind: 'rekey'; appId: string; reencrypt: boolean };

export type Proof = { only: { versionId?: string | null; appIds?: string[] } };

/** Where a command would lead which apps, and what it proves first. */
export type Targets = { shares: Share[]; added: number; removed: number; selected: string[]; proofs: Proof[] };

/** Stands for the version that a rotation would make. */
const newVersion = 'new-version';

export async function planTargets(key: KeyRow, tenantId: string, change: Change): Promise<Targets> {
  const under = await listAppsUnderKey(db(), key.id);
  const nothing: Targets = { shares: [], added: 0, removed: 0, selected: under, proofs: [] };
  switch (change.kind) {
    case 'rotate':
      return {
        ...nothing,
        shares: [{ ids: under, versionId: newVersion, reencrypt: change.reencrypt }],
        proofs: isActive(key) ? [{ only: {} }] : [],
      };
    case 'revert':
      return isActive(key)
        ? { ...nothing, shares: [{ ids: under, versionId: null, reencrypt: false }], proofs: [{ only: {} }] }
        : nothing;
    case 'select-apps':
      return selecting(key, tenantId, change.selection, under);
    case 'rekey': {
      const app = await findAppUnder(db(), tenantId, change.appId);
      if (!app) throw new Refusal('not-found');
      return { ...nothing, shares: [{ ids: [app.id], versionId: app.keyVersionId, reencrypt: change.reencrypt }] };
    }
  }
}

async function selecting(key: KeyRow, tenantId: string, selection: Selection, under: string[]): Promise<Targets> {
  const selected = await resolveSelection(db(), tenantId, selection);
  const shown = displayedConfiguration(key);
  const before = isActive(key) || !shown ? under : [...(await listSelectedApps(shown.id))];
  const { added, removed } = difference(before, selected);
  const counts = { added: added.length, removed: removed.length, selected };
  if (!isActive(key)) return { ...counts, shares: [], proofs: [] };
  return {
    ...counts,
    shares: [
      { ids: added, versionId: key.currentVersionId, reencrypt: true },
      { ids: removed, versionId: null, reencrypt: false },
    ],
    proofs: [
      ...(removed.length > 0 ? [{ only: { appIds: removed } }] : []),
      ...(added.length > 0 ? [{ only: { versionId: key.currentVersionId } }] : []),
    ],
  };
}
