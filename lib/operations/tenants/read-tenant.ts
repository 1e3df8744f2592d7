import { z } from 'zod';
import { unknownWords } from '../../byok/connection-mode.ts';
import { Refusal } from '../../byok/errors.ts';
import { countOf } from '../../byok/format.ts';
import type { KeySummary } from '../../byok/key-views.ts';
import { statusNames } from '../../byok/lifecycle.ts';
import { providerWords, serviceName } from '../../byok/providers.ts';
import type { TenantRow, TenantView } from '../../byok/vendor-views.ts';
import { endpointOverridesOf } from '../../config/aws-endpoints.ts';
import { listTenantApps } from '../../db/app-directory-store.ts';
import { countApps } from '../../db/app-store.ts';
import { listKeyRows } from '../../db/key-store.ts';
import { listTenantPeople } from '../../db/person-store.ts';
import { findTenant } from '../../db/tenant-store.ts';
import { commitmentOf } from '../keys/commitment.ts';
import { toSummary } from '../keys/key-view.ts';
import { operation } from '../operation.ts';
import { customerRequest } from './customer-request.ts';
import { paged } from './paged.ts';
import { toTenantRow } from './tenant-row.ts';

/** One tenant's keys, people and apps for somebody of the vendor's, the latter two by pages. The look itself is written into the tenant's own history. */
export const readTenant = operation({
  name: 'read-tenant',
  permission: 'tenants.read',
  input: z.object({
    tenantId: z.uuid(),
    peoplePage: z.int().min(1).max(1_000_000).default(1),
    appsPage: z.int().min(1).max(1_000_000).default(1),
  }),
  async run(context, { tenantId, peoplePage, appsPage }): Promise<TenantView> {
    const tenant = await findTenant(tenantId);
    if (!tenant) throw new Refusal('not-found');
    const [rows, apps] = await Promise.all([listKeyRows(tenantId), countApps(tenantId)]);
    const keys = await Promise.all(rows.map((key) => toSummary(key, context.now)));
    const row = toTenantRow(
      tenant,
      apps,
      keys.filter((key) => key.state !== 'reverted'),
    );
    const elsewhere = rows.filter(
      ({ currentVersion, state }) =>
        state !== 'reverted' && currentVersion && currentVersion.location !== tenant.homeRegion,
    );
    const riskiest = rows.find(({ id }) => id === row.keyId);
    const summary = keys.find(({ id }) => id === row.keyId);
    const [request, commitment, people, appRows] = await Promise.all([
      riskiest && summary ? customerRequest(tenant, riskiest, summary, context.now) : null,
      commitmentOf(tenant),
      paged(peoplePage, (page) => listTenantPeople(tenantId, page)),
      paged(appsPage, (page) => listTenantApps(tenantId, page)),
    ]);
    return context.commit(async () => ({
      data: {
        tenant: row,
        keys,
        request,
        diagnosis: diagnosis(row, keys, context.now, context.requestId),
        regionRule: { regionPolicy: tenant.regionPolicy, elsewhere: elsewhere.map(({ alias }) => alias) },
        commitment,
        people,
        apps: appRows,
      },
      audit: { tenantId, target: tenantId },
    }));
  },
});

/** Plain text to paste into a ticket: facts and request IDs, no ARN, no secret. */
function diagnosis(row: TenantRow, keys: KeySummary[], now: Date, requestId: string): string {
  const lines = [
    `Tenant ${row.name} (${row.homeRegion}), seen ${now.toISOString()}, request ${requestId}`,
    `Status ${statusNames[row.status]}${row.health ? `, health ${row.health.state}` : ''}; apps under a key ${row.appsUnderKey} of ${row.appsTotal}, at risk ${row.appsAtRisk}`,
    `Cause: ${row.cause}${row.since ? ` Since ${row.since}.` : ''} Next move: ${row.whoseMove === 'provider' ? serviceName(row.provider ?? '') : row.whoseMove}.`,
  ];
  const overrides = [...new Set(keys.map(({ provider }) => provider))].flatMap(endpointOverridesOf);
  for (const { service, url } of overrides) lines.push(`Custom endpoint: ${service} calls go to ${url}`);
  for (const key of keys) {
    lines.push(
      `Key ${key.alias}: ${statusNames[key.status]}, version ${key.versionNumber ?? 'none'}, enforcement ${key.enforcementAt ?? 'not set'}`,
    );
    if (key.unknownConnection) lines.push(`  ${unknownWords(key.unknownConnection)}`);
    if (key.health) {
      lines.push(
        `  health ${key.health.state} since ${key.health.since ?? 'unknown'}, last seen ${key.health.at ?? 'never'}, ${requestOf(key.provider)} ${key.health.providerRequestId ?? 'none'}`,
      );
    }
    for (const { number, health, apps, dataKeys, records } of key.unreadable) {
      lines.push(
        `  version ${number} ${health.state} since ${health.since ?? 'unknown'}: ${countOf(apps, 'app')}, ${countOf(dataKeys, 'data key')}, ${countOf(records, 'record')} cannot be read; ${health.cause ?? ''}`,
      );
    }
    if (key.aliasWatch) {
      const { state, seenAt, driftedAt } = key.aliasWatch;
      lines.push(`  alias ${state}${driftedAt ? ` since ${driftedAt}` : ''}, last resolved ${seenAt ?? 'never'}`);
    }
    if (key.transition && !key.transition.finishedAt) {
      const { kind, phase, attempts, failure, nextTryAt, dataKeys, paused } = key.transition;
      const { done, failed, left, total } = dataKeys;
      lines.push(
        `  ${kind} in phase ${phase}${paused ? ', paused' : ''}, data keys ${done} done, ${failed} failed, ${left} left of ${total}, failed attempts ${attempts}${failure ? `, last: ${failure.detail}, next try ${nextTryAt}` : ''}`,
      );
    }
  }
  return lines.join('\n');
}

/** "AWS request", of the key service's own name for the ID. */
function requestOf(provider: string): string {
  return providerWords(provider).requestId.replace(/ ID$/, '');
}
