import { mayBeWide } from '#lib/byok/aws/policy-breadth.ts';
import { type SetUpStep, stepLabel } from '#lib/byok/aws/set-up-steps.ts';
import { capital } from '#lib/byok/providers.ts';
import type { HandOverView } from '#lib/byok/setup-views.ts';

export type Remaining = { who: 'AWS administrator' | 'Administrator in Keyward'; what: string };

/** What remains to be done for a key, and whose move it is, in the order in which it is best done. Never the vendor's. */
export function remaining(view: HandOverView): Remaining[] {
  return [...inAws(view), ...scope(view), ...inKeyward(view)];
}

function inAws({ checklist, configuration, report, key }: HandOverView): Remaining[] {
  // What works as a whole need not be verified in parts.
  if ((report?.passed && !report.stale) || (key.state !== 'draft' && key.state !== 'scheduled')) return [];
  return checklist.steps.flatMap((step) => ofStep(step, configuration.authMode));
}

function ofStep(
  { id, status, record }: HandOverView['checklist']['steps'][number],
  authMode: HandOverView['configuration']['authMode'],
): Remaining[] {
  if (id === 'configuration' || id === 'share') return [];
  const name = capital(stepLabel(authMode, id));
  const remedy = record?.rows.find(({ outcome }) => outcome === 'failed' || outcome === 'unknown')?.remedy?.text;
  switch (status) {
    case 'verified':
    case 'partly':
      return [];
    case 'failed':
      return [{ who: 'AWS administrator', what: `${name}: ${remedy ?? 'it failed; see below.'}` }];
    case 'unknown':
      return [{ who: 'AWS administrator', what: `${name}: ${remedy ?? 'not known yet; see below.'}` }];
    case 'changed':
      return [{ who: 'Administrator in Keyward', what: `${name}: verify it again, something has changed since.` }];
    case 'open':
      return [{ who: 'AWS administrator', what: `${name}: ${todo[id]} Then verify it in Keyward.` }];
  }
}

const todo = {
  role: 'create it with the trust policy below.',
  user: 'create the user and its access key, and enter both in Keyward.',
  key: 'create it and enter its ARN in Keyward.',
  'key-policy': 'add the key policy below to the key.',
  permission: 'attach the policy below.',
} as const satisfies Record<Exclude<SetUpStep, 'configuration' | 'share'>, string>;

function scope({ checklist }: HandOverView): Remaining[] {
  if (!mayBeWide(checklist.scope)) return [];
  const what =
    'The IAM policy may still say "Resource": "*". Replace it with the one below, then confirm this in Keyward.';
  return [{ who: 'AWS administrator', what }];
}

function inKeyward({ key, report, configuration }: HandOverView): Remaining[] {
  const who = 'Administrator in Keyward';
  if (key.state !== 'draft' && key.state !== 'scheduled') return [];
  const tested: Remaining[] =
    report?.passed && !report.stale ? [] : [{ who, what: 'Run Test Configuration until every check passes.' }];
  if (key.state === 'scheduled') return tested;
  const dated: Remaining[] =
    configuration.enforcementChoice === ''
      ? [{ who, what: 'Choose the Enforcement Date, and the apps and bots.' }]
      : [];
  return [...tested, ...dated, { who, what: 'Review everything and click Proceed.' }];
}
