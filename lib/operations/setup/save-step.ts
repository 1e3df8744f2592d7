import { z } from 'zod';
import { type Known, known } from '../../byok/connection-mode.ts';
import { enforcementInstant } from '../../byok/enforcement.ts';
import { Refusal } from '../../byok/errors.ts';
import { providerStepSchema } from '../../byok/key-configuration.ts';
import { tagsText } from '../../byok/labels.ts';
import { policyShapeSchema } from '../../byok/policy-shape.ts';
import type { AuthModeId } from '../../byok/providers.ts';
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
import { releaseSecrets, type SecretRow } from '../../db/secret-store.ts';
import { accountOf, serviceRoleArn } from '../../key-lifecycle/service-role.ts';
import { takeKey } from '../keys/take-key.ts';
import { operation, type RunContext } from '../operation.ts';
import { preparePatch, testPatch } from './choices.ts';
import { connectPatch, connectValues, sealNewSecret } from './connect-values.ts';
import { arnPatch, arnValues } from './prepare-values.ts';

const ids = z.array(z.uuid()).max(100_000);
const at = { keyId: z.uuid(), revision: z.int() };
const input = z.discriminatedUnion('step', [
  z.object({ ...at, step: z.literal('provider'), values: providerStepSchema }),
  z.object({
    ...at,
    step: z.literal('prepare'),
    values: z.object({ policyShape: policyShapeSchema.optional(), ...arnValues }),
  }),
  z.object({ ...at, step: z.literal('connect'), values: connectValues }),
  z.object({ ...at, step: z.literal('test'), values: z.object({ dataKeyPair: z.boolean().optional() }) }),
  z.object({
    ...at,
    step: z.literal('date'),
    values: z.discriminatedUnion('choice', [
      z.object({ choice: z.literal('now') }),
      z.object({ choice: z.literal('at'), localDateTime: z.string().max(40), timeZone: z.string().max(80) }),
    ]),
  }),
  z.object({
    ...at,
    step: z.literal('apps'),
    values: z.discriminatedUnion('mode', [
      z.object({ mode: z.literal('all') }),
      z.object({ mode: z.literal('only'), ids }),
      z.object({ mode: z.literal('all-except'), ids }),
    ]),
  }),
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
    const servicePrincipal = namesArns(given) ? await principalFor(context.tenantId, given.keyId) : undefined;
    const sealed = given.step === 'connect' ? await sealNewSecret(given.values, context) : undefined;
    return context.commit(async (tx) => {
      const key = await takeKey(tx, context, 'edit', given);
      const before = known(editedOf(key));
      const vendorAccountId = servicePrincipal?.region === before.region ? servicePrincipal.accountId : '';
      const configurationId = await ensureWorkingCopy(tx, key);
      const patch = await applyStep(tx, context, given, { configurationId, before, vendorAccountId, sealed });
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

/** Who we are for the region that is configured now: asked before the transaction, since it may ask AWS. */
async function principalFor(tenantId: string, keyId: string) {
  const key = await findKey(tenantId, keyId);
  if (!key) throw new Refusal('not-found');
  const { region } = editedOf(key);
  return { region, accountId: accountOf(await serviceRoleArn(region)) };
}

function namesArns(given: Input): boolean {
  return given.step === 'connect' || (given.step === 'prepare' && Boolean(given.values.keyArn ?? given.values.roleArn));
}

type Patch = {
  configuration: Parameters<typeof updateConfiguration>[2];
  key?: Parameters<typeof updateKey>[3];
  before?: Record<string, string>;
  after?: Record<string, string | number>;
};

function together(one: Patch, other: Patch): Patch {
  return {
    configuration: { ...one.configuration, ...other.configuration },
    before: { ...one.before, ...other.before },
    after: { ...one.after, ...other.after },
  };
}

async function applyStep(
  tx: Tx,
  context: RunContext,
  given: Input,
  to: {
    configurationId: string;
    before: Known<ConfigurationRow>;
    vendorAccountId: string;
    sealed: SecretRow | undefined;
  },
): Promise<Patch> {
  const { before } = to;
  switch (given.step) {
    case 'prepare':
      return together(
        preparePatch(given.values.policyShape, before),
        arnPatch(given.values, before, to.vendorAccountId),
      );
    case 'test':
      return testPatch(given.values.dataKeyPair, before);
    case 'provider': {
      const { alias, description, tags, ...configuration } = given.values;
      const { authMode, region, accountId, roleName } = before;
      return {
        configuration: { ...configuration, ...forgotten(configuration.authMode) },
        key: { alias, description, ...(tags ? { tags } : {}) },
        before: { authMode, region, accountId, roleName },
        after: {
          ...configuration,
          alias,
          description,
          ...(tags ? { tags: tagsText(tags) } : {}),
        },
      };
    }
    case 'connect': {
      const { region, accountId } = before;
      const chosen = { region, accountId, vendorAccountId: to.vendorAccountId };
      return connectPatch(tx, given.values, before, chosen, to.sealed);
    }
    case 'date':
      return datePatch(given.values, before, context.now);
    case 'apps': {
      const selected = await replaceSelection(tx, context.tenantId, to.configurationId, given.values);
      if (selected === 0) throw new Refusal('invalid-input', { fields: { apps: 'Select at least one app or bot.' } });
      return { configuration: {}, before: { selected: String(before._count.apps) }, after: { selected } };
    }
  }
}

/** What another authentication mode had is of no use in this one; a secret above all is not kept for nothing. */
function forgotten(authMode: AuthModeId) {
  switch (authMode) {
    case 'assume-role':
      return { accessKeyId: '', secretId: null };
    case 'access-key':
      return { roleArn: '' };
  }
}

function datePatch(values: Extract<Input, { step: 'date' }>['values'], before: ConfigurationRow, now: Date): Patch {
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
