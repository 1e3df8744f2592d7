import { awsDraftSchema } from '#lib/byok/aws/connection.ts';
import { readPolicyShape } from '#lib/byok/aws/policy-shape.ts';
import { awsRules } from '#lib/byok/aws/rules.ts';
import type { ConfigurationView, ReportView, SetupView } from '#lib/byok/setup-views.ts';

type Parts = Partial<Omit<SetupView, 'configuration' | 'report'>> & {
  configuration?: Partial<ConfigurationView>;
  report?: Partial<ReportView> | null;
};

/** A set-up as the server answers it for an untouched draft, with the given parts different. For tests only. */
export function setupView(parts: Parts = {}): SetupView {
  const { configuration, report, ...rest } = parts;
  return {
    key: {
      id: '0a1b2c3d-0000-4000-8000-000000000001',
      alias: '',
      description: '',
      tags: [],
      state: 'draft',
      revision: 1,
    },
    savedStep: 'provider',
    editing: 'draft',
    tenant: {
      id: '0a1b2c3d-0000-4000-8000-0000000000aa',
      name: 'Acme',
      homeRegion: 'us-east-1',
      regionPolicy: 'warn',
    },
    externalId: 'kw_8Zq2vX0m5rJtY1cWbN4pLQ',
    ourIdentity: 'arn:aws:iam::999988887777:role/Keyward-Service',
    ourIdentities: [{ regions: '*', roleArn: 'arn:aws:iam::999988887777:role/Keyward-Service' }],
    consoleUrl: '',
    inUse: [],
    outgoingIps: [],
    selection: { total: 12, selected: 12, sample: ['Billing'] },
    checklist: { steps: [], scope: null },
    creation: null,
    obstacles: [],
    ...rest,
    configuration: withProgress({ ...emptyConfiguration, ...configuration }),
    report: report ? { ...emptyReport, ...report } : null,
  };
}

/** As the server tells it. */
function withProgress(given: Omit<ConfigurationView, 'location' | 'keyRef' | 'progress'>): ConfigurationView {
  const draft = awsDraftSchema.parse(given);
  const progress = awsRules.progress(draft, given.hasSecret);
  return { ...given, location: given.region, keyRef: given.keyArn, progress };
}

const emptyConfiguration: Omit<ConfigurationView, 'location' | 'keyRef' | 'progress'> = {
  provider: 'aws',
  authMode: 'assume-role',
  region: '',
  accountId: '',
  roleName: 'BYOK_Role',
  roleArn: '',
  keyArn: '',
  createsKey: false,
  dataKeyPair: false,
  accessKeyId: '',
  hasSecret: false,
  secret: null,
  policyShape: readPolicyShape({}),
  enforcementChoice: '',
  enforcementAt: null,
  timeZone: '',
};

const emptyReport: ReportView = {
  id: '0a1b2c3d-0000-4000-8000-0000000000bb',
  passed: true,
  checks: [],
  warnings: [],
  pinnedKeyRef: null,
  facts: null,
  testedBy: 'admin@acme.example',
  requestId: 'r-1',
  startedAt: '2026-11-22T12:00:00Z',
  finishedAt: '2026-11-22T12:00:04Z',
  stale: false,
};
