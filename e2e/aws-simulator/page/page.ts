import type { AccountView, KeyView, RoleView } from '../account-view.ts';
import type { CallRecord } from '../cloudtrail.ts';
import { isVendorAccount, vendorRoleArnIn } from '../world-defaults.ts';
import { renderCalls } from './calls.ts';
import { renderCreateAccount, renderCreateAlias, renderCreateKey, renderCreateRole } from './create-forms.ts';
import { renderForm } from './form.ts';
import { type Html, html } from './html.ts';
import { renderUsers } from './users.ts';

export interface PageContent {
  accounts: readonly AccountView[];
  /** The account that the page is about; undefined where there is none yet. */
  view: AccountView | undefined;
  log: readonly CallRecord[];
  /** Whether an account was asked for that does not exist. */
  missing: boolean;
  /** Whether somebody came to make a stack. */
  stacks: boolean;
}

const TITLE = "AWS simulator — customer's console";

/** The whole page. What it shows of an account is what that account's administrator may see. */
export function renderPage({ accounts, view, log, missing, stacks }: PageContent): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${TITLE}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/console.css">
<script src="/console.js" defer></script>
</head>
<body>
<header>
  <p class="banner"><strong>Not AWS.</strong> A simulator for demonstration and tests.</p>
  <h1>${TITLE}</h1>
  <nav aria-label="Accounts"><ul>${accounts.map((account) => renderAccountLink(account, view))}</ul></nav>
  ${view ? html`<nav aria-label="On this page"><ul class="plain"><li><a href="#roles-heading">Roles</a></li><li><a href="#users-heading">Users</a></li><li><a href="#keys-heading">KMS keys</a></li><li><a href="#calls-heading">Calls</a></li></ul></nav>` : html``}
</header>
<main>
  ${missing ? html`<p role="alert">This account does not exist yet.</p>` : html``}
  ${stacks ? html`<p role="note">The simulator has no CloudFormation. Make the role and the key with the forms below.</p>` : html``}
  ${view ? renderAccount(view) : html`<p>There is no customer account yet. Create one below.</p>`}
  ${renderLog(view, log)}
  <section aria-labelledby="accounts-heading"><h2 id="accounts-heading">Another account</h2>${renderCreateAccount()}</section>
</main>
</body>
</html>`;
}

function renderAccountLink({ accountId, name }: AccountView, view: AccountView | undefined): Html {
  const current = accountId === view?.accountId ? html` aria-current="page"` : html``;
  return html`<li><a href="/?account=${accountId}"${current}>${name} <small>${accountId}</small></a></li>`;
}

function renderAccount(view: AccountView): Html {
  const isVendor = isVendorAccount(view.accountId);
  return html`<div id="account" data-account="${view.accountId}">
  <h2>Account ${view.name} <small>${view.accountId}</small></h2>
  <p>${isVendor ? "The vendor's own account. The service runs as this role:" : "You are this account's administrator. The service that asks to use your keys runs as"} <code>${vendorRoleArnIn(view.partition)}</code></p>
  <section aria-labelledby="roles-heading"><h3 id="roles-heading">Roles</h3>
    <div id="roles" data-list>${view.roles.length === 0 ? html`<p>No roles yet.</p>` : html`${view.roles.map((role) => renderRole(view.accountId, role))}`}</div>
    ${renderCreateRole(view)}
  </section>
  ${renderUsers(view)}
  <section aria-labelledby="keys-heading"><h3 id="keys-heading">KMS keys</h3>
    <div id="keys" data-list>${view.keys.length === 0 ? html`<p>No keys yet.</p>` : html`${view.keys.map((key) => renderKey(view.accountId, key))}`}</div>
    ${renderCreateKey(view)}
    <div id="aliases">${renderCreateAlias(view.accountId, view.keys)}</div>
  </section>
</div>`;
}

function renderRole(accountId: string, role: RoleView): Html {
  const id = `role-${role.roleName}`;
  const policies =
    role.inlinePolicies.length > 0 ? role.inlinePolicies : [{ policyName: 'BYOK_Policy', policyDocument: '' }];
  const iam = (action: string) => `/_sim/accounts/${accountId}/iam/${action}`;
  return html`<section class="item" id="${id}" data-role="${role.roleName}" aria-labelledby="${id}-heading" tabindex="-1">
  <h4 id="${id}-heading">Role ${role.roleName}</h4>
  <p class="breaks"><code>${role.roleArn}</code></p>
  ${renderForm({
    id: `${id}-trust`,
    url: iam('UpdateAssumeRolePolicy'),
    hidden: { RoleName: role.roleName },
    fields: [{ label: 'Trust policy', name: 'PolicyDocument', value: role.trustPolicy, kind: 'policy' }],
    button: 'Apply',
    buttonFor: 'trust policy',
    done: 'Trust policy applied.',
  })}
  ${policies.map((policy) =>
    renderForm({
      id: `${id}-policy-${policy.policyName}`,
      url: iam('PutRolePolicy'),
      hidden: { RoleName: role.roleName, PolicyName: policy.policyName },
      fields: [
        {
          label: `Permission policy ${policy.policyName}`,
          name: 'PolicyDocument',
          value: policy.policyDocument,
          kind: 'policy',
        },
      ],
      button: 'Apply',
      buttonFor: `permission policy ${policy.policyName}`,
      done: 'Permission policy applied.',
    }),
  )}
</section>`;
}

function renderKey(accountId: string, key: KeyView): Html {
  const id = `key-${key.keyId}`;
  const name = key.aliases.length > 0 ? key.aliases.join(', ') : key.keyId;
  const kms = (action: string) => `/_sim/accounts/${accountId}/kms/${key.region}/${action}`;
  const state = (action: string, button: string, possible: boolean, done: string) =>
    renderForm({
      id: `${id}-${action}`,
      url: kms(action),
      hidden: { KeyId: key.keyId },
      fields: [],
      button,
      disabled: !possible,
      done,
      refresh: id,
    });
  const pending = key.keyState === 'PendingDeletion';
  return html`<section class="item" id="${id}" data-key="${key.keyId}" aria-labelledby="${id}-heading" tabindex="-1">
  <h4 id="${id}-heading">Key ${name} <span class="state" data-state="${key.keyState}">${key.keyState}</span></h4>
  <p class="breaks"><code>${key.keyArn}</code></p>
  <dl>
    <div><dt>Region</dt><dd>${key.region}</dd></div>
    <div><dt>Origin</dt><dd>${String(key.metadata.Origin)}</dd></div>
    <div><dt>Spec</dt><dd>${String(key.metadata.KeySpec)}</dd></div>
    <div><dt>Automatic rotation</dt><dd>${key.rotationEnabled ? 'On' : 'Off'}</dd></div>
    ${pending ? html`<div><dt>Deleted on</dt><dd>${new Date(Number(key.metadata.DeletionDate) * 1000).toISOString()}</dd></div>` : html``}
  </dl>
  <div class="buttons">
    ${state('DisableKey', 'Disable', key.keyState === 'Enabled', 'The key is disabled.')}
    ${state('EnableKey', 'Enable', key.keyState === 'Disabled', 'The key is enabled.')}
    ${state('ScheduleKeyDeletion', 'Schedule deletion', !pending, 'Deletion in 30 days is scheduled.')}
    ${state('CancelKeyDeletion', 'Cancel deletion', pending, 'Deletion is cancelled; the key is disabled.')}
  </div>
  ${renderForm({
    id: `${id}-policy`,
    url: kms('PutKeyPolicy'),
    hidden: { KeyId: key.keyId },
    fields: [{ label: 'Key policy', name: 'Policy', value: key.policy, kind: 'policy' }],
    button: 'Apply',
    buttonFor: 'key policy',
    done: 'Key policy applied.',
  })}
</section>`;
}

function renderLog(view: AccountView | undefined, log: readonly CallRecord[]): Html {
  return html`<section aria-labelledby="calls-heading">
  <h2 id="calls-heading">Calls, as CloudTrail shows them</h2>
  <p><label><input type="checkbox" id="refresh-calls" checked> Refresh every two seconds</label></p>
  <div class="scroll" tabindex="0" role="region" aria-label="Table of calls"><table>
    <caption>Newest first${view ? `, account ${view.accountId}` : ''}</caption>
    <thead><tr><th scope="col">Time (UTC)</th><th scope="col">Call</th><th scope="col">By</th><th scope="col">Outcome</th><th scope="col">Details</th></tr></thead>
    <tbody id="calls" data-url="/calls${view ? `?account=${view.accountId}` : ''}">${renderCalls(log)}</tbody>
  </table></div>
</section>`;
}
