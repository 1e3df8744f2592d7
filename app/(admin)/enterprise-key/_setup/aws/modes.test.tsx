import { isValidElement, type ReactNode } from 'react';
import { describe, expect, it } from 'vitest';
import { checklists, isVerifiable } from '#lib/byok/aws/set-up-steps.ts';
import { providerSteps } from '#lib/byok/connection.ts';
import type { SecretNote } from '#lib/byok/key-views.ts';
import type { ConfigurationView, SetupView } from '#lib/byok/setup-views.ts';
import { setupView } from '../testing/setup-view.ts';
import type { AwsGiven, AwsMode, Beginning } from './aws-mode.ts';
import type { Guide } from './guide/guide-description.ts';
import { awsModes } from './modes.ts';

const keyArn = 'arn:aws:kms:us-east-1:111122223333:key/0a1b2c3d-1111-4222-8333-444455556666';
const roleArn = 'arn:aws:iam::111122223333:role/BYOK_Role';
const secret: SecretNote = { storedAt: '2026-11-22T12:00:00Z', storedBy: 'admin@acme.example' };
const accessKeyId = 'AKIAIOSFODNN7EXAMPLE';
const shape = setupView().configuration.policyShape;

const byRole: Partial<ConfigurationView> = { authMode: 'assume-role', region: 'us-east-1', accountId: '111122223333' };
const byAccessKey: Partial<ConfigurationView> = { authMode: 'access-key', region: 'us-east-1' };

function entered(mode: AwsMode, typed: Partial<AwsGiven>, setup: SetupView, beginning: Beginning, createsKey = false) {
  return { given: mode.complete(typed, setup, beginning), beginning, createsKey, choices: { shape } };
}

describe.each([
  {
    mode: 'assume-role' as const,
    chosen: byRole,
    labels: ['Assume Role External ID', 'Provider ARN', 'Role ARN'],
    typed: { keyArn, roleArn },
  },
  {
    mode: 'access-key' as const,
    chosen: byAccessKey,
    labels: ['Access Key ID', 'Secret Access Key', 'Key ID'],
    typed: { accessKeyId, secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', keyArn },
  },
])('the step AWS by $mode', ({ mode: id, chosen, labels, typed }) => {
  const mode = awsModes[id];
  const setup = setupView({ configuration: chosen });

  it('asks for these, in this order', () => {
    expect(mode.parts.map(({ label }) => label)).toEqual(labels);
  });

  it('has a step for each field where they are set up', () => {
    const asked = mode.parts.flatMap((part) => (part.kind === 'shown' ? [] : [part.name]));
    expect(mode.guide.steps.flatMap(({ fields }) => [...fields]).sort()).toEqual([...asked].sort());
  });

  it('sends what the server takes, with all that was typed in it', () => {
    const { step, values } = mode.toInput(entered(mode, typed, setup, 'have'));
    expect(step === 'prepare' || step === 'connect').toBe(true);
    const schema = step === 'prepare' ? providerSteps.prepare : providerSteps.connect;
    expect(schema.parse(values)).toMatchObject(typed);
  });

  it('can leave the key to Keyward, and only the key', () => {
    const wrong = (createsKey: boolean, given: Partial<AwsGiven>) =>
      Object.keys(mode.problems(entered(mode, given, setup, 'have', createsKey), setup, true));
    expect(wrong(false, typed)).toEqual([]);
    expect(wrong(true, { ...typed, keyArn: '' })).toEqual([]);
    expect(wrong(false, { ...typed, keyArn: '' })).toEqual(['keyArn']);
    const nothing = Object.fromEntries(Object.keys(typed).map((name) => [name, '']));
    expect(wrong(true, nothing).sort()).toEqual(
      Object.keys(typed)
        .filter((name) => name !== 'keyArn')
        .sort(),
    );
  });

  it('says nothing of what is merely not there yet', () => {
    expect(mode.problems(entered(mode, {}, setup, 'set-up'), setup, false)).toEqual({});
  });

  it('has something to do in each of its steps, which together ask all that can be verified', () => {
    const form = { given: mode.complete({}, setup, 'set-up'), createsKey: false };
    const given = { mode, saved: setup, setup, setUp: mode.guide.describe(setup), form } as unknown as Guide<unknown>;
    const { steps } = mode.guide;
    expect(steps.filter((step) => !isValidElement(mode.guide.body(step.id, given) as ReactNode))).toEqual([]);
    expect(steps.flatMap(({ verifies }) => [...verifies])).toEqual(checklists[id].filter(isVerifiable));
    const open = steps.flatMap(({ verifies }) => verifies.filter((step) => !mode.guide.missingFor(step, given)));
    expect(open).toEqual(id === 'assume-role' ? ['role'] : []);
  });

  it('waits for what the policies are made of', () => {
    expect(mode.guide.describe(setup)).not.toBeNull();
    expect(mode.guide.describe(setupView({ configuration: { ...chosen, region: '' } }))).toBeNull();
  });
});

describe('who has role and key', () => {
  const mode = awsModes['assume-role'];
  const blank = setupView({ tenant: { ...setupView().tenant, homeRegion: 'eu-central-1' } });

  it('is asked for two ARNs alone: region, account and role name are read from them', () => {
    expect(mode.asks.have).toEqual([]);
    const { given } = entered(mode, { keyArn, roleArn: roleArn.replace('BYOK_Role', 'team/Keys') }, blank, 'have');
    expect(given).toMatchObject({ region: 'us-east-1', accountId: '111122223333', roleName: 'Keys' });
    const { values } = mode.toInput({ given, beginning: 'have', createsKey: false, choices: { shape } });
    expect(values).toMatchObject({ region: 'us-east-1', accountId: '111122223333', roleName: 'Keys' });
  });

  it('may name the key by its ID: it is in the region that the tenant is at home in', () => {
    const { given } = entered(mode, { keyArn: keyArn.split('/')[1] ?? '', roleArn }, blank, 'have');
    expect(given.region).toBe('eu-central-1');
  });
});

describe('who sets them up here', () => {
  const mode = awsModes['assume-role'];
  const shown = (more: Partial<ConfigurationView>, typed: Partial<AwsGiven> = {}) =>
    entered(mode, typed, setupView({ configuration: { ...byRole, ...more } }), 'set-up').given.roleArn;

  it('finds the role’s ARN filled in from account and name, until another is saved', () => {
    expect(shown({})).toBe(roleArn);
    expect(shown({ roleArn: `${roleArn}-2` })).toBe(`${roleArn}-2`);
    expect(shown({ accountId: '' })).toBe('');
    expect(shown({ roleArn }, { accountId: '4444-5555-6666' })).toBe(roleArn.replace('111122223333', '444455556666'));
  });

  it('is told of a wrong account beside its field, and can save without one', () => {
    const setup = setupView({ configuration: { ...byRole, accountId: '' } });
    const problems = mode.problems(entered(mode, { accountId: '123' }, setup, 'set-up'), setup, false);
    expect(Object.keys(problems)).toEqual(['accountId']);
    expect(mode.toInput(entered(mode, {}, setup, 'set-up')).values).not.toHaveProperty('accountId');
  });
});

it('tells of a stored secret only beside the access key ID that it belongs to', () => {
  const field = awsModes['access-key'].parts.find((part) => part.kind === 'secret');
  const setup = setupView({ configuration: { ...byAccessKey, accessKeyId: 'AKIAONE', hasSecret: true, secret } });
  const given = awsModes['access-key'].complete({}, setup, 'have');
  expect(field?.kind === 'secret' && field.stored(setup, { ...given, accessKeyId: ' AKIAONE ' })).toBe(secret);
  expect(field?.kind === 'secret' && field.stored(setup, { ...given, accessKeyId: 'AKIATWO' })).toBeNull();
});
