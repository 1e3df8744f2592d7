import { policyText } from '#lib/byok/aws/policies.ts';
import { openQuestion, stepNames, stepNumber } from '#lib/byok/aws/set-up-steps.ts';
import { checkName } from '#lib/byok/checks.ts';
import { statusNames } from '#lib/byok/lifecycle.ts';
import { outcomeNames } from '#lib/byok/outcome-names.ts';
import { authModeOf } from '#lib/byok/providers.ts';
import type { HandOverView } from '#lib/byok/setup-views.ts';
import { outcomeWord } from '../../../_shared/connection/test-run.ts';
import { statusWords } from '../guide/verification-words.ts';
import { handOverModes } from './hand-over-modes.ts';
import { remaining } from './hand-over-remaining.ts';
import { code, fenced, table, words } from './markdown.ts';
import { revocationSection } from './revocation-section.ts';

/**
 * A key as one Markdown file for whoever has no account here: what was agreed, what was seen to work and when, what remains
 * and for whom, and the policies. It holds no secret.
 */
export function handOverSummary(view: HandOverView): string {
  return [
    `# Hand-over: ${words(view.key.alias) || 'enterprise key'} of ${words(view.tenant.name)}`,
    `As of ${instant(view.at)}, downloaded by ${words(view.by)}. Nothing in here is a secret.`,
    '## What is left to do, and who does it',
    left(view),
    'You don’t have to send anything to the vendor. Its support sees the same state in its own console.',
    '## What was agreed',
    table(['what', 'value'], facts(view)),
    '## The set-up, step by step',
    steps(view),
    ...details(view),
    '## Test Configuration',
    ...tested(view),
    '## The policies',
    ...policies(view),
    ...revocation(view),
    '',
  ].join('\n\n');
}

function left(view: HandOverView): string {
  const list = remaining(view).map(({ who, what }, at) => `${at + 1}. **${who}**: ${words(what)}`);
  return list.length > 0 ? list.join('\n') : 'There is nothing left to do.';
}

function facts(view: HandOverView): string[][] {
  const { key, configuration, tenant, health } = view;
  const status = statusNames[view.status];
  const standing = health && health.state !== 'not-yet-checked' ? `${status}, ${health.state}` : status;
  const mode = authModeOf(configuration.provider, configuration.authMode).name;
  const rows: [string, string][] = [
    ['Organisation', words(tenant.name)],
    ['Its ID, which the policies require as encryption context', code(tenant.id)],
    ['Enterprise key', words(key.alias)],
    ['Description', words(key.description)],
    ['Status', words(standing)],
    ['Authentication Mode', words(mode)],
    ['AWS Region', code(configuration.region)],
    ['AWS Account ID', code(configuration.accountId)],
    ...handOverModes[configuration.authMode].facts(view),
    ['Provider ARN, as given', code(configuration.keyArn)],
    ['Key that it stands for', code(view.pinnedKeyRef ?? '')],
    ['Enforcement Date', words(enforcement(view))],
    ['Addresses from which AWS is called', words(view.outgoingIps.join(', '))],
  ];
  return rows.map(([what, value]) => [what, value || 'not known yet']);
}

function enforcement({ configuration: { enforcementChoice, enforcementAt } }: HandOverView): string {
  if (enforcementAt) return instant(enforcementAt);
  return enforcementChoice === 'now' ? 'as soon as someone selects Proceed' : '';
}

function steps({ checklist, configuration }: HandOverView): string {
  const rows = checklist.steps.map(({ id, status, record }) => [
    `${stepNumber(configuration.authMode, id)}. ${stepNames[id]}`,
    id === 'share' ? 'This file' : statusWords[status].label,
    record ? instant(record.at) : '',
    record ? words(record.by) : '',
  ]);
  return table(['step', 'state', 'verified on', 'by'], rows);
}

/** What AWS answered, where a step was verified. */
function details(view: HandOverView): string[] {
  const { checklist, configuration } = view;
  const about = {
    authMode: configuration.authMode,
    roleArn: configuration.roleArn,
    keyArn: configuration.keyArn,
    keyPrincipal: configuration.policyShape.keyPrincipal,
  };
  return checklist.steps.flatMap(({ id, status, record }) => {
    if (!record) return [];
    const rows = record.rows.map((row) => [
      checkName(row.id),
      outcomeWord({ result: row, attempt: null }),
      words([row.summary, row.remedy?.text].filter(Boolean).join(' ')),
      row.providerRequestIds.map(code).join(' '),
    ]);
    const open = status === 'partly' ? openQuestion(id, about) : null;
    return [
      `### ${stepNames[id]}`,
      table(['what', 'outcome', 'seen', 'AWS request IDs'], rows),
      ...(open ? [words(open)] : []),
    ];
  });
}

function tested({ report }: HandOverView): string[] {
  if (!report) return ['Not tested yet.'];
  const outcome = report.stale
    ? 'It no longer counts: something has changed since.'
    : report.passed
      ? 'Passed.'
      : 'Failed.';
  const rows = report.checks.map((check) => [
    checkName(check.id),
    outcomeNames[check.outcome],
    words([check.summary, check.remedy?.text].filter(Boolean).join(' ')),
  ]);
  return [
    `${outcome} ${instant(report.finishedAt)}, by ${words(report.testedBy)}, request ID ${code(report.requestId)}.`,
    table(['check', 'outcome', 'seen'], rows),
  ];
}

function policies(view: HandOverView): string[] {
  const given = handOverModes[view.configuration.authMode].policies(view);
  if (!given) return ['They are complete once region and account are known.'];
  return given.flatMap(({ title, document, missing, why }) => [
    `### ${title}`,
    ...(document && why ? [words(why)] : []),
    document ? fenced('json', policyText(document)) : missing,
  ]);
}

function revocation(view: HandOverView): string[] {
  const { authMode, policyShape } = view.configuration;
  const oneAccount = handOverModes[authMode].oneAccount(view);
  return oneAccount === null ? [] : revocationSection({ authMode, oneAccount, keyPrincipal: policyShape.keyPrincipal });
}

/** To the second, in UTC. */
function instant(at: string): string {
  return `${at.slice(0, 19).replace('T', ' ')} UTC`;
}
