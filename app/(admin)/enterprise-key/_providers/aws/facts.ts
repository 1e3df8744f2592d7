/** What of AWS is shown on the screens of all providers. */
import { isKnownRegion, regions } from '#lib/byok/aws/regions.ts';
import { formatInstant } from '#lib/byok/format.ts';
import type { KeyPageView, SecretNote, VersionView } from '#lib/byok/key-views.ts';
import type { SetupView } from '#lib/byok/setup-views.ts';
import type { ShownFact } from '../provider-screens.ts';

export function reviewFacts({ configuration, externalId }: SetupView): { provider: ShownFact[]; connect: ShownFact[] } {
  const { region, accountId, roleName, keyArn, roleArn, accessKeyId, secret } = configuration;
  const place = { label: 'AWS Region', value: isKnownRegion(region) ? `${region} · ${regions[region].name}` : region };
  if (configuration.authMode === 'access-key')
    return {
      provider: [place],
      connect: [
        { label: 'Access Key ID', value: accessKeyId },
        { label: 'Secret Access Key', value: secret ? since(secret) : '' },
        { label: 'Key ID', value: keyArn },
      ],
    };
  return {
    provider: [place, { label: 'AWS Account ID', value: accountId }, { label: 'Role Name', value: roleName }],
    connect: [
      { label: 'Assume Role External ID', value: externalId },
      { label: 'Provider ARN', value: keyArn },
      { label: 'Role ARN', value: roleArn },
    ],
  };
}

export function connection({ details, standing, keyRef }: KeyPageView) {
  const identity: ShownFact[] =
    details.authMode === 'access-key'
      ? [{ label: 'Access Key ID', value: details.connected?.accessKeyId || 'Not given yet', mono: true }]
      : [
          { label: 'Role ARN', value: standing?.roleArn ?? 'Not scheduled yet', mono: standing !== null },
          { label: 'Assume Role External ID', value: details.externalId, mono: true },
        ];
  return {
    location: { label: 'AWS Region', value: standing?.region ?? 'Not scheduled yet' },
    key: { label: 'Provider ARN, as given', value: standing?.keyArn ?? keyRef ?? 'Not given yet', mono: true },
    identity,
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

export function active(standing: NonNullable<KeyPageView['standing']>): ShownFact[] {
  const { authMode, accessKeyId, secret, keyArn, pinnedKeyRef, roleArn, region } = standing;
  const behind =
    pinnedKeyRef && pinnedKeyRef !== keyArn
      ? [{ label: 'The key that the test found behind it', value: pinnedKeyRef, mono: true }]
      : [];
  const place = { label: 'AWS Region', value: region };
  return authMode === 'access-key'
    ? [
        { label: 'Access Key ID', value: accessKeyId, mono: true },
        { label: 'Secret Access Key', value: secret ? since(secret) : 'Not stored' },
        { label: 'Key ID', value: keyArn, mono: true },
        ...behind,
        place,
      ]
    : [
        { label: 'Provider ARN', value: keyArn, mono: true },
        ...behind,
        { label: 'Role ARN', value: roleArn, mono: true },
        place,
      ];
}

function since({ storedAt, storedBy }: SecretNote): string {
  return `Stored since ${formatInstant(storedAt)}, by ${storedBy}`;
}
