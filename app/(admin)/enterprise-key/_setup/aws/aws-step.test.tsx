// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { NuqsTestingAdapter } from 'nuqs/adapters/testing';
import { afterEach, expect, it, vi } from 'vitest';
import { checklists } from '#lib/byok/aws/set-up-steps.ts';
import type { SetupView } from '#lib/byok/setup-views.ts';
import { setupView } from '../testing/setup-view.ts';
import { AwsStep } from './aws-step.tsx';

const { saved, verified, goneTo, answers } = vi.hoisted(() => ({
  saved: [] as { step: string; values: Record<string, unknown> }[],
  verified: [] as string[],
  goneTo: [] as string[],
  /** How long the server takes. */
  answers: { once: Promise.resolve() as Promise<unknown>, refused: null as object | null },
}));
vi.mock('next/navigation', () => ({
  useRouter: () => ({ push: (href: string) => goneTo.push(href), refresh() {} }),
}));
vi.mock('../actions.ts', () => ({
  saveWizardStep: async (input: (typeof saved)[number]) => {
    saved.push(input);
    await answers.once;
    if (answers.refused) return { ok: false, error: answers.refused };
    return { ok: true, data: { revision: 2, savedAt: '2026-11-29T12:00:00Z' } };
  },
}));
vi.mock('./guide/actions.ts', () => ({
  async *verifyStep({ step }: { step: string }) {
    verified.push(step);
    yield { type: 'done', status: step === 'key' ? 'verified' : 'partly' };
  },
}));
vi.mock('../../_shared/aws/actions.ts', () => ({}));

afterEach(() => {
  cleanup();
  for (const list of [saved, verified, goneTo]) list.length = 0;
  Object.assign(answers, { once: Promise.resolve(), refused: null });
});

const keyArn = 'arn:aws:kms:eu-central-1:111122223333:key/0a1b2c3d-1111-4222-8333-444455556666';
const roleArn = 'arn:aws:iam::111122223333:role/team/Keys';
const draft = (parts: Parameters<typeof setupView>[0] = {}): SetupView =>
  setupView({
    checklist: {
      scope: null,
      steps: checklists['assume-role'].map((id) => ({ id, status: 'open', record: null })),
    },
    ...parts,
  });

it('begins with one question and nothing else; who has both pastes two ARNs, and goes on with what they tell', async () => {
  show(draft());
  expect(screen.queryAllByRole('textbox')).toEqual([]);
  await choose(/I have role and key already/);
  type('Provider ARN', ` ${keyArn} `);
  type('Role ARN', roleArn);
  expect(screen.queryByLabelText('AWS Account ID')).toBeNull();
  press('Next');
  await waitFor(() => expect(goneTo).toEqual([`/enterprise-key/${draft().key.id}/setup/test`]));
  const place = { region: 'eu-central-1', accountId: '111122223333', roleName: 'Keys' };
  expect(saved).toMatchObject([{ step: 'prepare', values: { keyArn, roleArn, ...place, createsKey: false } }]);
});

it('stays where something is typed while Next saves, keeps it, and goes on with it at the next press', async () => {
  const slow = Promise.withResolvers<void>();
  answers.once = slow.promise;
  show(draft());
  await choose(/I have role and key already/);
  type('Provider ARN', keyArn);
  type('Role ARN', roleArn);
  press('Next');
  await waitFor(() => expect(saved).toHaveLength(1));
  type('Role ARN', `${roleArn}2`);
  slow.resolve();
  await waitFor(() => screen.getByText('Not saved yet: what you changed after pressing Next'));
  expect(goneTo).toEqual([]);
  expect(screen.getByLabelText<HTMLInputElement>('Role ARN').value).toBe(`${roleArn}2`);
  press('Next');
  await waitFor(() => expect(goneTo).toHaveLength(1));
  expect(saved).toMatchObject([{ values: { roleArn } }, { values: { roleArn: `${roleArn}2` }, revision: 2 }]);
});

it('gives a refusal the focus, once each time it is refused', async () => {
  answers.refused = { code: 'not-allowed-in-state', requestId: 'r-7' };
  show(draft());
  await choose(/I have role and key already/);
  type('Provider ARN', keyArn);
  type('Role ARN', roleArn);
  const next = screen.getByRole('button', { name: 'Next' });
  for (const times of [1, 2]) {
    next.focus();
    press('Next');
    await waitFor(() => expect(saved).toHaveLength(times));
    await waitFor(() => expect(document.activeElement?.textContent).toContain('r-7'));
    expect(document.activeElement?.getAttribute('role')).toBe('alert');
  }
  const field = screen.getByLabelText<HTMLInputElement>('Role ARN');
  field.focus();
  type('Role ARN', `${roleArn}2`);
  expect(screen.getByRole('alert').textContent).toContain('r-7');
  expect(document.activeElement).toBe(field);
});

it('says beside each field what is wrong, and saves nothing', async () => {
  show(draft());
  await choose(/I have role and key already/);
  type('Provider ARN', roleArn);
  press('Next');
  await waitFor(() => screen.getByText('There is a problem'));
  expect(screen.getByLabelText('Provider ARN').getAttribute('aria-invalid')).toBe('true');
  expect(screen.getByLabelText('Role ARN').getAttribute('aria-invalid')).toBe('true');
  expect(saved).toEqual([]);
});

it('sets both up in three steps, one open at a time, the tenant’s values marked', async () => {
  show(draft());
  await choose(/Set them up with me/);
  expect(screen.queryByText('IAM policy')).toBeNull();
  type('AWS Account ID', '1111-2222-3333');
  const steps = openSteps();
  expect(steps).toEqual(['1. IAM role, with its trust policy']);
  const marks = [...document.querySelectorAll('mark')].map(({ textContent }) => textContent);
  expect(marks).toEqual(expect.arrayContaining([draft().externalId, draft().tenant.id]));
  expect(marks).toContain('arn:aws:iam::111122223333:role/BYOK_Role');
  fireEvent.click(screen.getByText('KMS key, with its key policy'));
  expect(openSteps()).toEqual(['2. KMS key, with its key policy']);
});

it('verifies what is saved: it saves first, then asks for the key and its policy, one after the other', async () => {
  show(draft());
  await choose(/Set them up with me/);
  type('AWS Account ID', '111122223333');
  fireEvent.click(screen.getByText('KMS key, with its key policy'));
  type('Provider ARN', keyArn.replace('eu-central-1', 'us-east-1'));
  press('Verify KMS key, with its key policy');
  await waitFor(() => expect(verified).toEqual(['key', 'key-policy']));
  expect(saved).toHaveLength(1);
  expect(goneTo).toEqual([]);
});

it('leads from the summary to a field that is folded away', async () => {
  show(draft());
  await choose(/Set them up with me/);
  type('AWS Account ID', '111122223333');
  press('Next');
  await waitFor(() => screen.getByText('There is a problem'));
  fireEvent.click(within(screen.getByRole('alert')).getByRole('link'));
  expect(openSteps()).toEqual(['2. KMS key, with its key policy']);
  await waitFor(() => expect(document.activeElement?.id).toBe('keyArn'));
});

it('folds verified steps to a line that says what was verified, and makes Next the one thing to do', () => {
  const record = { at: '2026-11-29T12:00:00Z', by: 'admin@acme.example', requestId: 'r-1', rows: [] };
  const steps = checklists['assume-role'].map((id) => ({ id, status: 'verified' as const, record }));
  const configuration = { region: 'us-east-1', accountId: '111122223333', roleArn, keyArn };
  show(draft({ checklist: { scope: null, steps }, configuration }));
  expect(openSteps()).toEqual([]);
  expect(screen.getByText('Keys trusts Keyward, only with your external ID')).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Next' }).className).toContain('bg-act');
});

function show(setup: SetupView): void {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <NuqsTestingAdapter hasMemory>
        <AwsStep setup={setup} />
      </NuqsTestingAdapter>
    </QueryClientProvider>,
  );
}

async function choose(name: RegExp): Promise<void> {
  const radio = screen.getByRole('radio', { name });
  fireEvent.click(radio);
  await waitFor(() => expect((radio as HTMLInputElement).checked).toBe(true));
}

function type(label: string, value: string): void {
  const field = screen.getByLabelText(label);
  fireEvent.change(field, { target: { value } });
  fireEvent.blur(field);
}

function press(name: string): void {
  fireEvent.click(screen.getByRole('button', { name }));
}

/** Their headings, as they are read. */
function openSteps(): string[] {
  return [...document.querySelectorAll('section[aria-labelledby^="step-"] > details[open] h3')].map(
    ({ textContent }) => textContent ?? '',
  );
}
