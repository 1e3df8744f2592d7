import { describe, expect, it } from 'vitest';
import type { ChecklistView } from '#lib/byok/aws/set-up-steps.ts';
import type { StepStatus, VerifiedRow } from '#lib/byok/checklist.ts';
import type { HandOverView } from '#lib/byok/setup-views.ts';
import { setupView } from '../../testing/setup-view.ts';
import { remaining } from './hand-over-remaining.ts';
import { handOverSummary } from './hand-over-summary.ts';

const keyArn = 'arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const at = '2026-11-22T12:00:00.000Z';
const configuration = {
  region: 'eu-central-1',
  accountId: '111122223333',
  roleName: 'BYOK_Role',
  roleArn: 'arn:aws:iam::111122223333:role/BYOK_Role',
  keyArn,
};

type Parts = Parameters<typeof setupView>[0] & Partial<Pick<HandOverView, 'status' | 'pinnedKeyRef'>>;

function view({ status = 'draft', pinnedKeyRef = null, ...parts }: Parts = {}): HandOverView {
  const setup = setupView({ configuration, ...parts });
  return { ...setup, status, pinnedKeyRef, health: null, by: 'admin@acme.example', at };
}

function steps(statuses: Partial<Record<ChecklistView['steps'][number]['id'], StepStatus>>): ChecklistView {
  const ids = ['role', 'key', 'key-policy', 'permission', 'configuration', 'share'] as const;
  return { steps: ids.map((id) => ({ id, status: statuses[id] ?? 'open', record: null })), scope: null };
}

describe('handOverSummary', () => {
  it('says what was agreed and has each policy whole', () => {
    const text = handOverSummary(view({ checklist: steps({}) }));
    for (const value of [keyArn, configuration.roleArn, 'kw_8Zq2vX0m5rJtY1cWbN4pLQ', 'role/Keyward-Service'])
      expect(text).toContain(`\`${value.startsWith('role/') ? `arn:aws:iam::999988887777:${value}` : value}\``);
    const policies = [...text.matchAll(/```json\n([\s\S]*?)\n```/g)].map(([, code]) => JSON.parse(code ?? ''));
    expect(policies).toHaveLength(3);
  });

  it('has the state of each step, and what AWS answered with its request IDs', () => {
    const row: VerifiedRow = {
      id: 'kms:Decrypt',
      outcome: 'failed',
      durationMs: 3,
      providerRequestIds: ['7c3e-1'],
      summary: 'AWS does not let the role call kms:Decrypt on the key.',
      details: [],
      remedy: { text: 'Allow kms:Decrypt in the key policy.' },
    };
    const checklist = steps({ role: 'verified', 'key-policy': 'failed' });
    const record = { at, by: 'admin@acme.example', requestId: 'q-1', rows: [row] };
    for (const step of checklist.steps) if (step.id === 'key-policy') step.record = record;
    const text = handOverSummary(view({ checklist }));
    expect(text).toMatch(/\| 1\. IAM role, with its trust policy \| Verified \|/);
    expect(text).toMatch(/\| 2\. Key policy \| Failed \| 2026-11-22 12:00:00 UTC \| admin@acme\.example \|/);
    expect(text).toMatch(/\| kms:Decrypt \| Failed \| .*Allow kms:Decrypt in the key policy\. \| `7c3e-1` \|/);
    expect(text).toMatch(/\*\*AWS administrator\*\*: Step 2, Key policy: Allow kms:Decrypt/);
  });

  it('lets no free text end a table, begin a tag or a block of code', () => {
    const evil = '|x|\n```\n<script>alert(1)</script> [a](http://x) `';
    const plain = setupView();
    const text = handOverSummary(
      view({ key: { ...plain.key, alias: evil, description: evil }, tenant: { ...plain.tenant, name: evil } }),
    );
    expect(text).not.toMatch(/(?<!\\)<script|(?<!\\)\[a\]|^```$\n<script/m);
    const cells = text.split('\n').find((line) => line.startsWith('| Description'));
    expect(cells?.match(/(?<!\\)\|/g)).toHaveLength(3);
  });

  it('speaks of the user instead of the role where an access key is used, and has no secret to tell', () => {
    const withKey = {
      authMode: 'access-key' as const,
      accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
      hasSecret: true,
      accountId: '',
    };
    const text = handOverSummary(view({ configuration: { ...configuration, ...withKey } }));
    expect(text).toContain('`AKIAIOSFODNN7EXAMPLE`');
    expect(text).not.toMatch(/Service Role ARN|External ID|kw_8Zq2/);
    expect(text).toContain('### Permission policy of the user');
  });
});

describe('what remains', () => {
  const whats = (parts: Parts) => remaining(view(parts)).map(({ who, what }) => `${who}: ${what}`);

  it('is each step that was not verified, for who administers AWS, then the rest in Keyward', () => {
    const list = whats({ checklist: steps({ role: 'verified', key: 'changed' }) });
    expect(list).toEqual([
      'Administrator in Keyward: Step 2, KMS key: verify it again, something has changed since.',
      expect.stringMatching(/^AWS administrator: Step 2, Key policy/),
      expect.stringMatching(/^AWS administrator: Step 3, IAM policy/),
      expect.stringMatching(/Run Test Configuration/),
      expect.stringMatching(/Enforcement Date/),
      expect.stringMatching(/click Proceed/),
    ]);
  });

  it('is nothing in AWS once the whole was tested, but for a policy that may name every key', () => {
    const scope = { since: at, by: 'a@b.c', narrowed: null };
    const parts = { report: { passed: true, stale: false }, checklist: { ...steps({}), scope } };
    expect(whats(parts).filter((one) => one.startsWith('AWS'))).toEqual([expect.stringMatching(/"Resource": "\*"/)]);
  });

  it('is nothing for an active key', () => {
    const plain = setupView();
    const parts = { key: { ...plain.key, state: 'active' as const }, checklist: steps({}) };
    expect(whats(parts)).toEqual([]);
    expect(handOverSummary(view(parts))).toContain('There is nothing left to do.');
  });
});
