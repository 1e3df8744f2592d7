/** What of AWS is shown on the screens of all providers. */
import type { AwsAuthMode } from '#lib/byok/aws/connection.ts';
import { isKnownRegion, regions } from '#lib/byok/aws/regions.ts';
import { formatInstant } from '#lib/byok/format.ts';
import type { KeyPageView, SecretNote, VersionView } from '#lib/byok/key-views.ts';
import type { SetupView } from '#lib/byok/setup-views.ts';
import type { ShownFact } from '../provider-screens.ts';

type Standing = NonNullable<KeyPageView['standing']>;

/** What is shown of one authentication mode; another mode is another one of these. */
interface ModeFacts {
  /** What the second step of the set-up asks for, beside the place. */
  service(setup: SetupView): ShownFact[];
  /** As whom the key of this page is reached. */
  identity(view: KeyPageView): ShownFact[];
  /** `behind`: the key that an alias stands for. */
  active(standing: Standing, behind: ShownFact[]): ShownFact[];
}

const role: ModeFacts = {
  service: ({ configuration: { accountId, roleName, keyArn, roleArn }, externalId }) => [
    { label: 'AWS Account ID', value: accountId },
    { label: 'Role Name', value: roleName },
    { label: 'Assume Role External ID', value: externalId },
    { label: 'Provider ARN', value: keyArn },
    { label: 'Role ARN', value: roleArn },
  ],
  identity: ({ details, standing }) => [
    { label: 'Role ARN', value: standing?.roleArn ?? 'Not scheduled yet', mono: standing !== null },
    { label: 'Assume Role External ID', value: details.externalId, mono: true },
  ],
  active: ({ keyArn, roleArn }, behind) => [
    { label: 'Provider ARN', value: keyArn, mono: true },
    ...behind,
    { label: 'Role ARN', value: roleArn, mono: true },
  ],
};

const accessKey: ModeFacts = {
  service: ({ configuration: { accessKeyId, secret, keyArn } }) => [
    { label: 'Access Key ID', value: accessKeyId },
    { label: 'Secret Access Key', value: secret ? since(secret) : '' },
    { label: 'Key ID', value: keyArn },
  ],
  identity: ({ details }) => [
    { label: 'Access Key ID', value: details.connected?.accessKeyId || 'Not given yet', mono: true },
  ],
  active: ({ accessKeyId, secret, keyArn }, behind) => [
    { label: 'Access Key ID', value: accessKeyId, mono: true },
    { label: 'Secret Access Key', value: secret ? since(secret) : 'Not stored' },
    { label: 'Key ID', value: keyArn, mono: true },
    ...behind,
  ],
};

const modes: Readonly<Record<AwsAuthMode, ModeFacts>> = { 'assume-role': role, 'access-key': accessKey };

function isMode(text: string): text is AwsAuthMode {
  return Object.hasOwn(modes, text);
}

export function reviewFacts(setup: SetupView): { provider: ShownFact[]; service: ShownFact[] } {
  const { authMode, region } = setup.configuration;
  const place = { label: 'AWS Region', value: isKnownRegion(region) ? `${region} · ${regions[region].name}` : region };
  return { provider: [], service: [place, ...modes[authMode].service(setup)] };
}

export function connection(view: KeyPageView) {
  const { details, standing, keyRef } = view;
  return {
    location: { label: 'AWS Region', value: standing?.region ?? 'Not scheduled yet' },
    key: { label: 'Provider ARN, as given', value: standing?.keyArn ?? keyRef ?? 'Not given yet', mono: true },
    // A mode that this version does not know is never shown as another one.
    identity: isMode(details.authMode) ? modes[details.authMode].identity(view) : [],
  };
}

export function whereKeyIs({ pinnedKeyRef }: VersionView): string {
  const [, , , region = '', account = '', resource = ''] = pinnedKeyRef.split(':');
  const id = resource.replace(/^key\//, '');
  return `Key ${id.length > 16 ? `${id.slice(0, 8)}…${id.slice(-4)}` : id} in account ${account}, ${region}`;
}

export function versionIdentity({ accessKeyId, roleArn }: VersionView): ShownFact {
  return { label: accessKeyId ? 'Access Key ID' : 'Role', value: accessKeyId || roleArn, mono: true };
}

export function active(standing: Standing): ShownFact[] {
  const { authMode, keyArn, pinnedKeyRef, region } = standing;
  const behind =
    pinnedKeyRef && pinnedKeyRef !== keyArn
      ? [{ label: 'The key that the test found behind it', value: pinnedKeyRef, mono: true }]
      : [];
  return [...modes[authMode].active(standing, behind), { label: 'AWS Region', value: region }];
}

function since({ storedAt, storedBy }: SecretNote): string {
  return `Stored since ${formatInstant(storedAt)}, by ${storedBy}`;
}
