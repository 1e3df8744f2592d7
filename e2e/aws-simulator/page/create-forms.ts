import type { AccountView, KeyView } from '../account-view.ts';
import { PARTITIONS, type Partition, partitionOfRegion, REGIONS } from '../regions.ts';
import { vendorRoleArnIn } from '../world-defaults.ts';
import { renderForm } from './form.ts';
import { type Html, html } from './html.ts';

function regionsOf(partition: Partition) {
  const all = [...REGIONS].filter((region) => partitionOfRegion(region) === partition);
  return all.sort().map((region) => ({ value: region, label: region }));
}

function trustTemplate(partition: Partition): string {
  const Principal = { AWS: vendorRoleArnIn(partition) };
  const Statement = [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }];
  return JSON.stringify({ Version: '2012-10-17', Statement }, null, 2);
}

const PARTITION_OPTIONS = PARTITIONS.split('|').map((partition) => ({ value: partition, label: partition }));

export function renderCreateAccount(): Html {
  return renderForm({
    id: 'create-account',
    url: '/_sim/accounts',
    hidden: {},
    fields: [
      { label: 'AWS account ID', name: 'accountId', kind: 'text', hint: 'Twelve digits.' },
      { label: 'Partition', name: 'partition', kind: 'select', value: 'aws', options: PARTITION_OPTIONS },
    ],
    button: 'Create account',
    done: 'The account is there.',
    refresh: 'account:accountId',
  });
}

export function renderCreateRole({ accountId, partition }: AccountView): Html {
  return disclosure(
    'Create role',
    renderForm({
      id: 'create-role',
      url: `/_sim/accounts/${accountId}/iam/CreateRole`,
      hidden: {},
      fields: [
        { label: 'Role name', name: 'RoleName', kind: 'text', value: 'BYOK_Role' },
        {
          label: 'Trust policy of the new role',
          name: 'AssumeRolePolicyDocument',
          kind: 'policy',
          value: trustTemplate(partition),
        },
      ],
      button: 'Create role',
      done: 'The role is there.',
      refresh: 'roles',
    }),
  );
}

export function renderCreateKey({ accountId, partition }: AccountView): Html {
  const options = regionsOf(partition);
  const value = partition === 'aws' ? 'us-east-1' : (options[0]?.value ?? '');
  return disclosure(
    'Create key',
    renderForm({
      id: 'create-key',
      url: `/_sim/accounts/${accountId}/kms/{region}/CreateKey`,
      hidden: {},
      fields: [
        { label: 'Region', name: 'region', kind: 'select', value, options },
        { label: 'Description (optional)', name: 'Description', kind: 'text', optional: true },
        {
          label: 'Policy of the new key (optional)',
          name: 'Policy',
          kind: 'policy',
          optional: true,
          hint: 'Left empty, the key gets the default policy: IAM of this account decides.',
        },
      ],
      button: 'Create key',
      done: 'The key is there.',
      refresh: 'keys aliases',
    }),
  );
}

export function renderCreateAlias(accountId: string, keys: readonly KeyView[]): Html {
  if (keys.length === 0) return html`<p class="hint">An alias needs a key: create one first.</p>`;
  const options = keys.map((key) => ({
    value: `${key.region} ${key.keyId}`,
    label: `${key.aliases.join(', ') || key.keyId} (${key.region})`,
  }));
  return disclosure(
    'Create alias',
    renderForm({
      id: 'create-alias',
      url: `/_sim/accounts/${accountId}/kms/{region}/CreateAlias`,
      hidden: {},
      fields: [
        { label: 'Alias name', name: 'AliasName', kind: 'text', value: 'alias/' },
        { label: 'Key', name: 'region+TargetKeyId', kind: 'select', value: options[0]?.value ?? '', options },
      ],
      button: 'Create alias',
      done: 'The alias is there.',
      refresh: 'keys',
    }),
  );
}

function disclosure(title: string, content: Html): Html {
  return html`<details><summary>${title}</summary>${content}</details>`;
}
