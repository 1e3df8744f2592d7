import 'server-only';
import { describeConnection, readConnection, readDraft, rulesOf } from '../../byok/connection.ts';
import { isKnown } from '../../byok/connection-mode.ts';
import { countOf, formatMinute } from '../../byok/format.ts';
import type { KeySummary } from '../../byok/key-views.ts';
import { isLossCause } from '../../byok/loss-causes.ts';
import { wordsOf } from '../../byok/messages/words.ts';
import type { CustomerRemedy } from '../../byok/provider-rules.ts';
import { capital, policyName, serviceName } from '../../byok/providers.ts';
import { remedyText } from '../../byok/remedy-text.ts';
import { checkFindingSchema, inWords } from '../../byok/test-report.ts';
import type { CustomerRequest } from '../../byok/vendor-views.ts';
import * as z from '../../byok/zod-config.ts';
import { consoleUrlOf } from '../../config/config.ts';
import { displayedConfiguration, type KeyRow } from '../../db/key-store.ts';
import type { TenantRecord } from '../../db/tenant-store.ts';
import { usesOfTenant } from '../../key-lifecycle/in-use.ts';
import { keyServices } from '../../kms/key-service.ts';

/** In place of the external ID, which the customer has and support does not see. */
const externalIdShown = 'YOUR-EXTERNAL-ID';

/**
 * What support sends to the customer about this key: of a key that was lost what was seen of the call, of one that was never
 * active its last failed test. Null where the customer has nothing to fix.
 */
export async function customerRequest(
  tenant: TenantRecord,
  key: KeyRow,
  summary: KeySummary,
  now: Date,
): Promise<CustomerRequest | null> {
  if (summary.health?.state === 'revoked') return lostKey(key, summary, now);
  const [lost] = summary.unreadable.filter(({ health }) => health.state === 'revoked');
  if (lost) {
    return told(summary, {
      says: `${countOf(lost.records, 'record')} under version ${lost.number} of your key “${summary.alias}” cannot be read. ${lost.health.cause ?? ''}`,
      next: lost.health.next ?? '',
      facts: answered(summary.provider, null, lost.health.at, lost.health.providerRequestId),
      remedy: none,
    });
  }
  const [report] = key.reports;
  return report && !report.passed && !key.currentVersion ? failedTest(tenant, summary, report) : null;
}

async function lostKey(key: KeyRow, summary: KeySummary, now: Date): Promise<CustomerRequest | null> {
  const { currentVersion: version } = key;
  const { health } = summary;
  if (!version || !health) return null;
  const remedy = await remedyOf(key, now);
  return told(summary, {
    says: `Keyward cannot use your key “${summary.alias}”. ${health.cause ?? ''} Until this is fixed, ${countOf(summary.appsUnderKey, 'app or bot', 'apps and bots')} can neither read nor write data.`,
    next: health.next ?? '',
    facts: [
      ...fact('Failed call', version.healthAction),
      // Where the key's state told it, no call failed that somebody made.
      ...fact(version.healthAction ? 'Made by' : 'Principal', remedy.principal),
      ...fact(version.healthAction ? 'On key' : 'Key', version.pinnedKeyRef),
      ...answered(version.provider, version.healthCode, health.at, health.providerRequestId),
    ],
    remedy,
  });
}

async function remedyOf(key: KeyRow, now: Date): Promise<CustomerRemedy> {
  const version = key.currentVersion;
  const row = displayedConfiguration(key);
  if (!version || !isLossCause(version.healthFailure) || !isKnown(version) || !row || !isKnown(row)) return none;
  const draft = readDraft(row);
  const { location } = describeConnection(readConnection(version));
  const { identity } = await keyServices[version.provider].ourIdentity(location);
  const lost = {
    cause: version.healthFailure,
    action: version.healthAction,
    tenantId: key.tenantId,
    pinnedKeyRef: version.pinnedKeyRef,
    externalId: externalIdShown,
    serviceRoleArn: identity,
    uses: await usesOfTenant(key.tenantId, now),
    consoleUrl: consoleUrlOf(version.provider),
  };
  return rulesOf(draft).customerRemedy?.(draft, lost) ?? none;
}

function failedTest(
  tenant: TenantRecord,
  summary: KeySummary,
  report: KeyRow['reports'][number],
): CustomerRequest | null {
  const checks = z.array(checkFindingSchema).safeParse(report.checks);
  const failed = checks.data?.find(({ outcome }) => outcome === 'failed');
  if (!failed) return null;
  const check = inWords(failed, wordsOf);
  const denied = check.actions?.find(({ outcome }) => outcome === 'denied');
  const link = check.remedy?.link;
  const policy = check.remedy?.policy;
  const at = report.finishedAt.toISOString();
  const activation = summary.transition?.kind === 'activate' && summary.transition.failure !== null;
  return told(summary, {
    says: `${activation ? `Keyward cannot activate your key “${summary.alias}”.` : `The test of your key “${summary.alias}” failed.`} ${check.summary} Your data’s protection has not changed.`,
    next: `${check.remedy?.text ?? ''} Then select Test Configuration in Keyward.`.trim(),
    facts: [
      ...fact('Failed call', denied?.action ?? null),
      ...fact(denied ? 'Made by' : 'Principal', check.principal ?? null),
      ...fact(denied ? 'On key' : 'Key', report.pinnedKeyRef ?? summary.keyRef),
      ...check.details.slice(0, 1).map(({ label, value }) => ({ name: label, value })),
      ...answered(summary.provider, null, at, check.providerRequestIds.at(-1) ?? null),
    ],
    remedy: {
      principal: null,
      policy: policy
        ? {
            name: capital(policyName(summary.provider, policy.kind)),
            document: withoutExternalId(policy.document, tenant.externalId),
            markedLines: policy.markedLines,
          }
        : null,
      link: link?.url ? { label: link.label, url: link.url } : null,
    },
  });
}

const none: CustomerRemedy = { principal: null, policy: null, link: null };

function withoutExternalId(document: object, externalId: string): object {
  return JSON.parse(JSON.stringify(document).replaceAll(JSON.stringify(externalId).slice(1, -1), externalIdShown));
}

function fact(name: string, value: string | null): CustomerRequest['facts'] {
  return value ? [{ name, value }] : [];
}

function answered(
  provider: string,
  code: string | null,
  at: string | null,
  requestId: string | null,
): CustomerRequest['facts'] {
  const service = capital(serviceName(provider));
  const when = at ? formatMinute(at) : null;
  return [
    ...fact(`${service} answered`, code && when ? `${code} at ${when}` : (code ?? when)),
    ...fact(`${service} request`, requestId),
  ];
}

type Parts = Pick<CustomerRequest, 'says' | 'next' | 'facts'> & { remedy: CustomerRemedy };

function told({ alias }: KeySummary, { says, next, facts, remedy }: Parts): CustomerRequest {
  const policy = remedy.policy && {
    name: remedy.policy.name,
    text: remedyText(remedy.policy.document),
    markedLines: remedy.policy.markedLines,
  };
  const hasPlaceholder = policy?.text.includes(externalIdShown);
  const lines = [
    says.trim(),
    '',
    ...facts.map(({ name, value }) => `${name}: ${value}`),
    '',
    next,
    ...(policy ? ['', `${policy.name}, as it should be (the lines that matter start with >):`, marked(policy)] : []),
    ...(hasPlaceholder ? [`${externalIdShown}: Keyward shows yours on the key’s page.`] : []),
    ...(remedy.link ? ['', `${remedy.link.label}: ${remedy.link.url}`] : []),
  ];
  return { alias, says: says.trim(), next, facts, policy, link: remedy.link, text: lines.join('\n') };
}

function marked({ text, markedLines }: NonNullable<CustomerRequest['policy']>): string {
  const isMarked = (line: number) => markedLines.some(([first, last]) => line >= first && line <= last);
  return text
    .split('\n')
    .map((line, index) => `${isMarked(index + 1) ? '>' : ' '} ${line}`)
    .join('\n');
}
