import { z } from 'zod';
import { blankDraft, type Draft, providerSteps, readDraft, rulesOf } from '../../byok/connection.ts';
import { enforcementInstant } from '../../byok/enforcement.ts';
import { Refusal } from '../../byok/errors.ts';
import type { Message } from '../../byok/messages/message.ts';
import type { DraftChange, Ours } from '../../byok/provider-rules.ts';
import { authModeOf } from '../../byok/providers.ts';
import { tagsText } from '../../byok/tags-text.ts';
import { replaceSelection } from '../../db/app-store.ts';
import { isUniqueViolation, type Tx } from '../../db/client.ts';
import {
  type ConfigurationRow,
  editedOf,
  ensureWorkingCopy,
  findKey,
  updateConfiguration,
  updateKey,
} from '../../db/key-store.ts';
import { insertSecret, releaseSecrets, type SecretRow } from '../../db/secret-store.ts';
import { keyServices } from '../../kms/key-service.ts';
import { lockKeyForUpdate } from '../keys/lock-key.ts';
import { sealNewSecret } from '../keys/new-secret.ts';
import { operation, type RunContext } from '../operation.ts';

const ids = z.array(z.uuid()).max(100_000);
const at = { keyId: z.uuid(), revision: z.int() };
const date = z.discriminatedUnion('choice', [
  z.object({ choice: z.literal('now') }),
  z.object({ choice: z.literal('at'), localDateTime: z.string().max(40), timeZone: z.string().max(80) }),
]);
const apps = z.discriminatedUnion('mode', [
  z.object({ mode: z.literal('all') }),
  z.object({ mode: z.literal('only'), ids }),
  z.object({ mode: z.literal('all-except'), ids }),
]);
const input = z.discriminatedUnion('step', [
  z.object({ ...at, step: z.literal('provider'), values: providerSteps.provider }),
  z.object({ ...at, step: z.literal('prepare'), values: providerSteps.prepare }),
  z.object({ ...at, step: z.literal('connect'), values: providerSteps.connect }),
  z.object({ ...at, step: z.literal('test'), values: providerSteps.test }),
  z.object({ ...at, step: z.literal('date'), values: date }),
  z.object({ ...at, step: z.literal('apps'), values: apps }),
  // Both at once, as one screen asks for them: all of it is saved, or nothing.
  z.object({ ...at, step: z.literal('schedule'), values: z.object({ date, apps }) }),
]);
type Input = z.output<typeof input>;

/**
 * Saves one step of the wizard. A draft is edited in place; of a scheduled key a working copy is made, and what was
 * scheduled stands until the copy is proceeded with.
 */
export const saveStep = operation({
  name: 'save-step',
  permission: 'keys.write',
  input,
  async run(context, given): Promise<{ revision: number; savedAt: string }> {
    const known = namesKey(given) ? await ourselvesFor(context.tenantId, given) : undefined;
    const sealed = given.step === 'connect' ? await sealNewSecret(given.values, context) : undefined;
    return context.commit(async (tx) => {
      const key = await lockKeyForUpdate(tx, context, 'edit', given);
      const before = editedOf(key);
      const draft = readDraft(before);
      const ours = known?.location === locationBy(given, draft) ? known.ours : nobody;
      const configurationId = await ensureWorkingCopy(tx, key);
      const patch = await applyStep(tx, context, given, { configurationId, before, draft, ours, sealed });
      await updateConfiguration(tx, configurationId, { ...patch.configuration, savedStep: given.step });
      await releaseSecrets(tx, context.tenantId);
      const revision = await updateKey(tx, key.id, context, patch.key ?? {}).catch((error: unknown) => {
        if (isUniqueViolation(error)) {
          throw new Refusal('invalid-input', {
            fields: { alias: 'Another enterprise key of yours has this alias.' },
            cause: error,
          });
        }
        throw error;
      });
      return {
        data: { revision, savedAt: context.now.toISOString() },
        audit: {
          target: key.id,
          before: { revision: key.revision, ...patch.before },
          after: { step: given.step, ...patch.after },
        },
      };
    });
  },
});

/** Who we are where the key is to be: asked before the transaction, since the provider may be asked. */
async function ourselvesFor(tenantId: string, given: Input) {
  const key = await findKey(tenantId, given.keyId);
  if (!key) throw new Refusal('not-found');
  const draft = readDraft(editedOf(key));
  const location = locationBy(given, draft);
  return { location, ours: await keyServices[draft.provider].ourIdentity(location) };
}

/** As these values say, or else as it is configured now. */
function locationBy(given: Input, draft: Draft): string {
  const rules = rulesOf(draft);
  const named = given.step === 'connect' || given.step === 'prepare' ? rules.placeIn?.(given.values) : undefined;
  return named !== undefined && rules.knowsLocation(named) ? named : rules.describe(draft).location;
}

const nobody: Ours = { identity: '', account: '' };

function namesKey(given: Input): boolean {
  if (given.step !== 'connect' && given.step !== 'prepare') return false;
  return (
    given.step === 'connect' || Object.values(given.values).some((value) => typeof value === 'string' && value !== '')
  );
}

type Patch = {
  configuration: Parameters<typeof updateConfiguration>[2];
  key?: Parameters<typeof updateKey>[3];
  before?: Record<string, string>;
  after?: Record<string, string | number | Message>;
};

function patchOf({ draft, ...told }: DraftChange<Draft>): Patch {
  return { configuration: { draft }, ...told };
}

async function applyStep(
  tx: Tx,
  context: RunContext,
  given: Input,
  to: {
    configurationId: string;
    before: ConfigurationRow;
    draft: Draft;
    ours: Ours;
    sealed: SecretRow | undefined;
  },
): Promise<Patch> {
  const { before, draft, ours, sealed } = to;
  const rules = rulesOf(draft);
  switch (given.step) {
    case 'prepare':
      return patchOf(rules.prepareChange(draft, given.values, { ours }));
    case 'test':
      return patchOf(rules.testChange(draft, given.values));
    case 'provider': {
      const { alias, description, tags, ...chosen } = given.values;
      const isOther = chosen.provider !== draft.provider;
      const from = isOther ? blankDraft(rules.describe(draft).location, chosen.provider) : draft;
      const { configuration, ...told } = patchOf(rulesOf(from).choiceChange(from, chosen));
      return {
        configuration: { ...configuration, ...(keepsSecret(draft, chosen) ? {} : { secretId: null }) },
        key: { alias, description, ...(tags ? { tags } : {}) },
        before: told.before ?? {},
        after: { ...told.after, alias, description, ...(tags ? { tags: tagsText(tags) } : {}) },
      };
    }
    case 'connect': {
      const secret = { stored: before.secretId !== null, replaced: sealed !== undefined };
      const { configuration, ...told } = patchOf(rules.connectChange(draft, given.values, { ours, secret }));
      if (sealed) await insertSecret(tx, sealed);
      return { configuration: { ...configuration, ...(sealed ? { secretId: sealed.id } : {}) }, ...told };
    }
    case 'date':
      return datePatch(given.values, before, context.now);
    case 'apps':
      return appsPatch(tx, context.tenantId, given.values, to);
    case 'schedule': {
      const dated = datePatch(given.values.date, before, context.now);
      const chosen = await appsPatch(tx, context.tenantId, given.values.apps, to);
      return {
        configuration: { ...dated.configuration, ...chosen.configuration },
        before: { ...dated.before, ...chosen.before },
        after: { ...dated.after, ...chosen.after },
      };
    }
  }
}

async function appsPatch(
  tx: Tx,
  tenantId: string,
  values: z.output<typeof apps>,
  { configurationId, before }: { configurationId: string; before: ConfigurationRow },
): Promise<Patch> {
  const selected = await replaceSelection(tx, tenantId, configurationId, values);
  if (selected === 0) throw new Refusal('invalid-input', { fields: { apps: 'Select at least one app or bot.' } });
  return { configuration: {}, before: { selected: String(before._count.apps) }, after: { selected } };
}

/** A secret is not kept for nothing. */
function keepsSecret(was: Draft, is: Pick<Draft, 'provider' | 'authMode'>): boolean {
  return was.provider === is.provider && was.authMode === is.authMode && authModeOf(is.provider, is.authMode).secret;
}

function datePatch(values: z.output<typeof date>, before: ConfigurationRow, now: Date): Patch {
  const was = {
    enforcement:
      before.enforcementChoice === 'at' ? (before.enforcementAt?.toISOString() ?? '') : before.enforcementChoice,
  };
  if (values.choice === 'now') {
    return {
      configuration: { enforcementChoice: 'now', enforcementAt: null },
      before: was,
      after: { enforcement: 'now' },
    };
  }
  const instant = enforcementInstant(values.localDateTime, values.timeZone, now);
  if (!instant.ok) throw new Refusal('invalid-input', { fields: { [instant.field]: instant.message } });
  return {
    configuration: { enforcementChoice: 'at', enforcementAt: new Date(instant.at), timeZone: values.timeZone },
    before: was,
    after: { enforcement: instant.at, timeZone: values.timeZone },
  };
}
