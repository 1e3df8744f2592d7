import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { inspect, listenForComplaints } from './tasks/inspect.ts';
import { tabTo } from './tasks/keyboard.ts';
import { createDraft, deleteDraft } from './tasks/keys.ts';
import { people } from './tasks/people.ts';
import { signIn } from './tasks/sign-in.ts';
import { next, openSheet, openStep, policyShown, setThemUp } from './tasks/wizard.ts';

// The pages are long, and each is looked at in three ways.
test.describe.configure({ mode: 'serial', timeout: 150_000 });

let page: Page;
let keyId: string;
let complaints: string[];

test.beforeAll(async ({ browser, demo }) => {
  page = await (await browser.newContext({ baseURL: demo.url })).newPage();
  complaints = listenForComplaints(page);
  await signIn(page, demo, people.admin);
  keyId = await createDraft(page);
  await page.getByLabel('Alias').fill('Kit $(x) “prod”');
  await next(page, 'AWS');
  await setThemUp(page, { region: 'eu-central-1', accountId: '222233334444' });
  await page.getByRole('button', { name: 'Save Draft' }).click();
  await expect(page.getByText(/^Draft saved/)).toBeVisible();
});
test.afterAll(async () => {
  await deleteDraft(page, keyId);
  await page.context().close();
});

test('each form of the set-up is a tab that arrow keys reach, and a reload keeps the choice', async () => {
  await tabTo(page, page.getByRole('tab', { name: 'JSON' }));
  for (const name of ['AWS CLI', 'CloudFormation', 'Terraform']) {
    await page.keyboard.press('ArrowRight');
    await expect(page.getByRole('tab', { name })).toBeFocused();
    await expect(page.getByRole('heading', { name: `Set up with ${name}` })).toBeVisible();
    await expect(page.getByRole('tabpanel').locator('pre').first()).toContainText('BYOK_Role');
  }
  await expect(page).toHaveURL(/format=terraform/);
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Set up with Terraform' })).toBeVisible();
});

const files = [
  { tab: 'AWS CLI', what: 'AWS CLI script', name: 'keyward-acme-kit-x-prod-set-up.sh', holds: '#!/usr/bin/env bash' },
  {
    tab: 'CloudFormation',
    what: 'CloudFormation template',
    name: 'keyward-cloudformation.json',
    holds: 'AWS::KMS::Key',
  },
  {
    tab: 'CloudFormation',
    what: 'CloudFormation parameters',
    name: 'keyward-acme-kit-x-prod-cloudformation-parameters.json',
    holds: 'alias/keyward-kit-x-prod-',
  },
  { tab: 'Terraform', what: 'Terraform module', name: 'main.tf', holds: 'aws_kms_key' },
  {
    tab: 'Terraform',
    what: 'Terraform parameters',
    // Named after the key, by what does not change when its words do.
    name: /^keyward-[0-9a-f]{8}\.auto\.tfvars\.json$/,
    holds: 'Kit $(x) “prod”',
  },
];
for (const { tab, what, name, holds } of files) {
  test(`${what}: shown, named, and downloaded whole`, async () => {
    await page.getByRole('tab', { name: tab }).click();
    const shown = page.getByRole('region', { name: what, exact: true });
    await expect(shown).toContainText(holds);
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: `Download ${what}` }).click();
    expect((await download).suggestedFilename()).toEqual(typeof name === 'string' ? name : expect.stringMatching(name));
    const text = await readFile(await (await download).path(), 'utf8');
    expect(text.trim()).toBe((await shown.locator('pre').textContent())?.trim());
    // Both files of a format stand on one page: it is looked at once.
    if (!what.endsWith('parameters')) await inspect(page, `set-up-${tab.replace(' ', '-').toLowerCase()}`);
  });
}

test('the Terraform module is the same whatever is chosen, and the parameters follow', async () => {
  await page.getByRole('tab', { name: 'Terraform' }).click();
  const module = page.getByRole('region', { name: 'Terraform module', exact: true }).locator('pre');
  const parameters = page.getByRole('region', { name: 'Terraform parameters', exact: true }).locator('pre');
  const before = await module.textContent();
  await expect(parameters).toContainText('"key_arn": ""');
  const keyArn = 'arn:aws:kms:eu-central-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab';
  await openStep(page, '2. KMS key');
  await page.getByLabel('Provider ARN').fill(keyArn);
  await expect(parameters).toContainText(`"key_arn": "${keyArn}"`);
  expect(await module.textContent()).toBe(before);
});

test('each step says in which account it is done, also where the key is in another', async () => {
  const step = (name: string) => page.getByRole('region', { name });
  for (const name of ['1. IAM role', '3. IAM policy'])
    await expect(step(name)).toContainText('Do this in AWS account 222233334444, the role’s account');
  await expect(step('2. KMS key')).toContainText('Do this in AWS account 444455556666, the key’s account');
  await expect(step('2. KMS key')).toContainText('add the key policy of the JSON tab to the key in its account');
  await inspect(page, 'set-up-two-accounts');
  await page.getByLabel('Provider ARN').fill('');
  await expect(step('2. KMS key')).toContainText('Do this in AWS account 222233334444.');
});

test('the link to CloudFormation opens the right region, with name and parameters', async () => {
  await page.getByRole('tab', { name: 'CloudFormation' }).click();
  const link = page.getByRole('link', { name: /open Create stack in AWS/ });
  const href = (await link.getAttribute('href')) ?? '';
  expect(href).toContain(
    '/cloudformation/home?region=eu-central-1#/stacks/create/template?stackName=keyward-kit-x-prod-',
  );
  expect(href).toContain('param_RoleName=BYOK_Role');
  const opened = page.waitForEvent('popup');
  await link.click();
  await expect((await opened).getByText('The simulator has no CloudFormation')).toBeVisible();
  await (await opened).close();
});

test('a pasted policy is checked, with the place of a slip in the JSON', async () => {
  await page.getByRole('tab', { name: 'JSON' }).click();
  const shown = await policyShown(page, 'trust policy');
  await openSheet(page, 'Check a policy');
  const field = page.getByLabel('Policy to check');
  await field.fill(shown.replace('"Statement"', 'Statement'));
  await page.getByRole('button', { name: 'Check policy' }).click();
  await expect(page.getByText(/^Line 3, column 3: /)).toBeVisible();
  await expect(field).toBeFocused();
  await field.fill(shown);
  await page.getByRole('button', { name: 'Check policy' }).click();
  await expect(page.getByText('Nothing is wrong with this trust policy.')).toBeVisible();
  await inspect(page, 'policy-sound');
});

test('a policy that is too wide is told of, statement by statement, and given corrected', async () => {
  const requests: string[] = [];
  // The banner asks by itself, and says nothing with it.
  page.on('request', (request) => {
    if (request.method() !== 'GET' || !request.url().endsWith('/api/enterprise-keys/unreadable'))
      requests.push(request.url());
  });
  const Statement = [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:*' }];
  await page.getByLabel('Policy to check').fill(JSON.stringify({ Version: '2012-10-17', Statement }));
  await page.getByRole('button', { name: 'Check policy' }).click();
  await expect(page.getByRole('heading', { name: '3 things found in this trust policy' })).toBeVisible();
  await expect(page.getByText('No external ID is required.')).toBeVisible();
  await expect(page.getByText('Open to everyone')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'What is removed from your trust policy' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Statement 1: is removed' })).toContainText('"AWS": "*"');
  const corrected = page.getByRole('region', { name: 'corrected trust policy' });
  await expect(corrected.locator('mark').first()).toBeVisible();
  await inspect(page, 'policy-too-wide');
  await page.getByLabel('Policy to check').fill((await corrected.textContent()) ?? '');
  await page.getByRole('button', { name: 'Check policy' }).click();
  await expect(page.getByText('Nothing is wrong with this trust policy.')).toBeVisible();
  expect(requests, 'nothing that is pasted leaves the browser').toEqual([]);
  expect(complaints).toEqual([]);
});

test('a policy in an answer of the AWS CLI is opened, and what others need stays, with what is left to decide', async () => {
  const shown = await policyShown(page, 'trust policy');
  const [ours] = JSON.parse(shown).Statement;
  const { Condition: _, ...open } = ours;
  const theirs = {
    Sid: 'Batch',
    Effect: 'Allow',
    Principal: { Service: 'lambda.amazonaws.com' },
    Action: 'sts:AssumeRole',
  };
  const document = JSON.stringify({ Version: '2012-10-17', Statement: [open, theirs] });
  await page
    .getByLabel('Policy to check')
    .fill(JSON.stringify({ Role: { RoleName: 'BYOK_Role', AssumeRolePolicyDocument: encodeURIComponent(document) } }));
  await page.getByRole('button', { name: 'Check policy' }).click();
  await expect(page.getByRole('heading', { name: '2 things found in this trust policy' })).toBeVisible();
  const goes = page.getByRole('region', { name: 'Statement 1, KeywardAssumesThisRole: is removed' });
  await expect(goes).not.toContainText('sts:ExternalId');
  const corrected = page.getByRole('region', { name: 'corrected trust policy' });
  expect(JSON.parse((await corrected.textContent()) ?? '').Statement).toEqual([ours, theirs]);
  await expect(page.getByRole('heading', { name: /^Still found in the corrected trust policy/ })).toBeVisible();
  await inspect(page, 'policy-left-to-decide');
  await page.getByLabel('Policy to check').fill('Version: "2012-10-17"\nStatement: []\n');
  await page.getByRole('button', { name: 'Check policy' }).click();
  await expect(page.getByText('This is YAML.', { exact: false })).toBeVisible();
  expect(complaints).toEqual([]);
});
