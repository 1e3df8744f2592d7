import 'server-only';
import { type Connection, type Draft, readConnection, readDraft, rulesOf, viewOf } from '../../byok/connection.ts';
import { isKnown, type StoredMode } from '../../byok/connection-mode.ts';
import { daysUntil } from '../../byok/expiry.ts';
import { type KeyFacts, readKeyFacts } from '../../byok/key-facts.ts';
import type { KeyDetailsView } from '../../byok/key-views.ts';
import { storedTags } from '../../byok/labels.ts';
import { authModeOf } from '../../byok/providers.ts';
import type { ReportView } from '../../byok/setup-views.ts';
import { visible } from '../../byok/visible-text.ts';
import { db } from '../../db/client.ts';
import { type ConfigurationRow, displayedConfiguration, type KeyRow } from '../../db/key-store.ts';
import type { TenantRecord } from '../../db/tenant-store.ts';
import { lastReport } from '../setup/report-view.ts';
import { commitmentOf } from './commitment.ts';

/**
 * What is known of a key beside its life: of the active version, else of what stands or is being entered. The report
 * is that of exactly what is shown; one of something else says nothing here.
 */
export async function keyDetails(key: KeyRow, tenant: TenantRecord, now: Date): Promise<KeyDetailsView> {
  const shown = displayedConfiguration(key);
  const report = shown ? await ownReport(key, shown, tenant) : null;
  const facts = newest(readKeyFacts(key.currentVersion?.facts), report?.facts ?? null);
  const from = key.currentVersion ?? shown;
  const connected = connectedOf(key, shown);
  return {
    provider: visible(from?.provider ?? ''),
    authMode: visible(from?.authMode ?? ''),
    connected: connected ? viewOf(connected) : null,
    externalId: from && presentsExternalId(from) ? (key.currentVersion?.externalId ?? tenant.externalId) : '',
    regionPolicy: tenant.regionPolicy,
    facts,
    daysLeft: daysUntil(facts?.validTo ?? null, now),
    tags: storedTags(key.tags),
    permissions: report && shown ? rulesOf(readDraft(shown)).permissions(report.checks, report.passed) : [],
    testedAt: report?.finishedAt ?? null,
    commitment: await commitmentOf(tenant, key),
  };
}

/** Null also where this version does not know how the key is reached. */
function connectedOf({ currentVersion }: KeyRow, shown: ConfigurationRow | undefined): Connection | Draft | null {
  if (currentVersion) return isKnown(currentVersion) ? readConnection(currentVersion) : null;
  return shown && isKnown(shown) ? readDraft(shown) : null;
}

function presentsExternalId(row: StoredMode): boolean {
  return isKnown(row) && authModeOf(row.provider, row.authMode).binding === 'external-id';
}

/** A later test of the very same configuration has seen more: imported material may have got another expiry. */
function newest(ofVersion: KeyFacts | null, ofReport: KeyFacts | null): KeyFacts | null {
  if (!ofVersion || !ofReport) return ofVersion ?? ofReport;
  return Date.parse(ofReport.seenAt) > Date.parse(ofVersion.seenAt) ? ofReport : ofVersion;
}

async function ownReport(key: KeyRow, shown: ConfigurationRow, tenant: TenantRecord): Promise<ReportView | null> {
  const report = await lastReport(db(), key, shown, tenant);
  return report && !report.stale ? report : null;
}
