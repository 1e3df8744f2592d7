import type { KeyView } from '../account-view.ts';
import { REGIONS } from '../regions.ts';
import { VENDOR_ROLE_ARN } from '../world-defaults.ts';
import { renderForm } from './form.ts';
import { type Html, html } from './html.ts';

const REGION_OPTIONS = [...REGIONS].sort().map((region) => ({ value: region, label: region }));

const TRUST_TEMPLATE = JSON.stringify(
  {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: VENDOR_ROLE_ARN }, Action: 'sts:AssumeRole' }],
  },
  null,
  2,
);

export function renderCreateAccount(): Html {
  return renderForm({
    id: 'create-account',
    url: '/_sim/accounts',
    hidden: {},
    fields: [{ label: 'AWS account ID', name: 'accountId', kind: 'text', hint: 'Twelve digits.' }],
    button: 'Create account',
    done: 'The account is there.',
    refresh: 'account:accountId',
  });
}

export function renderCreateRole(accountId: string): Html {
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
          value: TRUST_TEMPLATE,
        },
      ],
      button: 'Create role',
      done: 'The role is there.',
      refresh: 'roles',
    }),
  );
}

export function renderCreateKey(accountId: string): Html {
  return disclosure(
    'Create key',
    renderForm({
      id: 'create-key',
      url: `/_sim/accounts/${accountId}/kms/{region}/CreateKey`,
      hidden: {},
      fields: [
        { label: 'Region', name: 'region', kind: 'select', value: 'us-east-1', options: REGION_OPTIONS },
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
