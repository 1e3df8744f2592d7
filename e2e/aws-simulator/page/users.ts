import type { AccountView, UserView } from '../account-view.ts';
import { renderForm } from './form.ts';
import { type Html, html } from './html.ts';

/** Users and their access keys, for services that come with one. A secret is shown once, beside the button that made it. */
export function renderUsers({ accountId, users }: AccountView): Html {
  return html`<section aria-labelledby="users-heading"><h3 id="users-heading">Users</h3>
    <div id="users" data-list>${users.length === 0 ? html`<p>No users yet.</p>` : html`${users.map((user) => renderUser(accountId, user))}`}</div>
    <details><summary>Create user</summary>${renderForm({
      id: 'create-user',
      url: `/_sim/accounts/${accountId}/iam/CreateUser`,
      hidden: {},
      fields: [{ label: 'User name', name: 'UserName', kind: 'text', value: 'keyward' }],
      button: 'Create user',
      done: 'The user is there.',
      refresh: 'users',
    })}</details>
  </section>`;
}

function renderUser(accountId: string, user: UserView): Html {
  const id = `user-${user.userName}`;
  const iam = (action: string) => `/_sim/accounts/${accountId}/iam/${action}`;
  const policies =
    user.inlinePolicies.length > 0 ? user.inlinePolicies : [{ policyName: 'BYOK_Policy', policyDocument: '' }];
  return html`<section class="item" id="${id}" data-user="${user.userName}" aria-labelledby="${id}-heading" tabindex="-1">
  <h4 id="${id}-heading">User ${user.userName}</h4>
  <p class="breaks"><code>${user.userArn}</code></p>
  ${policies.map((policy) =>
    renderForm({
      id: `${id}-policy-${policy.policyName}`,
      url: iam('PutUserPolicy'),
      hidden: { UserName: user.userName, PolicyName: policy.policyName },
      fields: [
        {
          label: `Permission policy ${policy.policyName} of ${user.userName}`,
          name: 'PolicyDocument',
          value: policy.policyDocument,
          kind: 'policy',
        },
      ],
      button: 'Apply',
      buttonFor: `permission policy ${policy.policyName} of ${user.userName}`,
      done: 'Permission policy applied.',
    }),
  )}
  ${user.accessKeys.map((key) => renderAccessKey(iam, id, key))}
  ${renderForm({
    id: `${id}-create-access-key`,
    url: iam('CreateAccessKey'),
    hidden: { UserName: user.userName },
    fields: [],
    button: 'Create access key',
    buttonFor: `of ${user.userName}`,
    done: 'Copy both now, the secret is not shown again.',
    shows: 'AccessKey',
    refresh: id,
  })}
</section>`;
}

function renderAccessKey(iam: (action: string) => string, userId: string, key: UserView['accessKeys'][number]): Html {
  const id = `${userId}-${key.accessKeyId}`;
  const active = key.status === 'Active';
  return html`<p>Access key <code>${key.accessKeyId}</code> <span class="state">${key.status}</span></p>
  <div class="buttons">
    ${renderForm({
      id: `${id}-status`,
      url: iam('UpdateAccessKey'),
      hidden: { AccessKeyId: key.accessKeyId, Status: active ? 'Inactive' : 'Active' },
      fields: [],
      button: active ? 'Deactivate' : 'Activate',
      buttonFor: key.accessKeyId,
      done: active ? 'The access key is inactive.' : 'The access key is active.',
      refresh: userId,
    })}
    ${renderForm({
      id: `${id}-delete`,
      url: iam('DeleteAccessKey'),
      hidden: { AccessKeyId: key.accessKeyId },
      fields: [],
      button: 'Delete access key',
      buttonFor: key.accessKeyId,
      done: 'The access key is gone.',
      refresh: userId,
    })}
  </div>`;
}
