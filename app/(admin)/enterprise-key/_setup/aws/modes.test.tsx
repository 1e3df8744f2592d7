import { isValidElement, type ReactNode } from 'react';
import { describe, expect, it } from 'vitest';
import { checklists, isVerifiable } from '#lib/byok/aws/set-up-steps.ts';
import type { SecretNote } from '#lib/byok/key-views.ts';
import type { ConfigurationView } from '#lib/byok/setup-views.ts';
import { setupView } from '../testing/setup-view.ts';
import type { Guide } from './guide/guide-description.ts';
import { awsModes } from './modes.ts';

const keyArn = 'arn:aws:kms:us-east-1:111122223333:key/0a1b2c3d-1111-4222-8333-444455556666';
const roleArn = 'arn:aws:iam::111122223333:role/BYOK_Role';
const secret: SecretNote = { storedAt: '2026-11-22T12:00:00Z', storedBy: 'admin@acme.example' };

const byRole: Partial<ConfigurationView> = { authMode: 'assume-role', region: 'us-east-1', accountId: '111122223333' };
const byAccessKey: Partial<ConfigurationView> = { authMode: 'access-key', region: 'us-east-1' };

describe.each([
  {
    mode: 'assume-role' as const,
    chosen: byRole,
    labels: ['Assume Role External ID', 'Provider ARN', 'createsKey', 'Role ARN'],
    typed: { keyArn, roleArn },
  },
  {
    mode: 'access-key' as const,
    chosen: byAccessKey,
    labels: ['Access Key ID', 'Secret Access Key', 'Key ID', 'createsKey'],
    typed: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', keyArn },
  },
])('Connect by $mode', ({ mode, chosen, labels, typed }) => {
  const { parts, schema } = awsModes[mode].connect;
  const setup = setupView({ configuration: chosen });
  const named = parts.flatMap((part) => (part.kind === 'text' || part.kind === 'secret' ? [part.name] : []));

  it('asks for these, in this order', () => {
    expect(parts.map((part) => (part.kind === 'choice' ? part.name : part.label))).toEqual(labels);
  });

  it('has a field for each value that is saved, and saves each field', () => {
    expect(named).toEqual(expect.arrayContaining(Object.keys(schema(setup, false).shape)));
    expect(schema(setup, false).parse(typed)).toEqual(typed);
    expect(Object.keys(typed).sort()).toEqual([...named].sort());
  });

  it('can leave the key to Keyward, and only the key', () => {
    const choice = parts.find((part) => part.kind === 'choice');
    expect(choice?.insteadOf).toBe('keyArn');
    const wrong = (left: boolean, values: object) => {
      const { error } = schema(setup, left).safeParse({ ...typed, ...values });
      return (error?.issues ?? []).map(({ path }) => path[0]);
    };
    expect(wrong(true, { keyArn: '' })).toEqual([]);
    expect(wrong(false, { keyArn: '' })).toEqual(['keyArn']);
    const nothing = Object.fromEntries(named.map((name) => [name, '']));
    expect(wrong(true, nothing)).toEqual(named.filter((name) => name !== 'keyArn'));
  });

  it('says what to do in each step that is verified', () => {
    const { guide } = awsModes[mode];
    const given = { saved: setup, setup, setUp: guide.describe(setup), form: {} } as Guide<unknown>;
    const steps = checklists[mode].filter(isVerifiable);
    const withoutBody = steps.filter((step) => !isValidElement(guide.body(step, given) as ReactNode));
    expect(withoutBody).toEqual([]);
    expect(steps.every((step) => step === 'role' || guide.missingFor(step, setup) !== null)).toBe(true);
    expect(guide.missingForAll(setup)).not.toBeNull();
  });

  it('waits for what the policies are made of', () => {
    expect(awsModes[mode].guide.describe(setup)).not.toBeNull();
    expect(awsModes[mode].guide.describe(setupView({ configuration: { ...chosen, region: '' } }))).toBeNull();
  });
});

it('fills in the role’s ARN from account and name, until another is saved', () => {
  const field = awsModes['assume-role'].connect.parts.find((part) => part.name === 'roleArn');
  const shown = (more: Partial<ConfigurationView>) =>
    field?.kind === 'text' ? field.saved(setupView({ configuration: { ...byRole, ...more } })) : null;
  expect(shown({})).toBe(roleArn);
  expect(shown({ roleArn: `${roleArn}-2` })).toBe(`${roleArn}-2`);
  expect(shown({ accountId: '' })).toBe('');
});

it('tells of a stored secret only beside the access key ID that it belongs to', () => {
  const field = awsModes['access-key'].connect.parts.find((part) => part.kind === 'secret');
  const setup = setupView({ configuration: { ...byAccessKey, accessKeyId: 'AKIAONE', hasSecret: true, secret } });
  expect(field?.stored(setup, { accessKeyId: ' AKIAONE ' })).toBe(secret);
  expect(field?.stored(setup, { accessKeyId: 'AKIATWO' })).toBeNull();
});
