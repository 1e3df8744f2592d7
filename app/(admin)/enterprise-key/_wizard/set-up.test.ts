import { describe, expect, it } from 'vitest';
import { describeSetUp } from './set-up.ts';
import { setupView } from './testing/setup-view.ts';

const keyId = '1234abcd-12ab-34cd-56ef-1234567890ab';
const keyArn = `arn:aws:kms:us-east-1:111122223333:key/${keyId}`;
const aliasArn = 'arn:aws:kms:us-east-1:111122223333:alias/byok';
const provider = { region: 'us-east-1', accountId: '111122223333', roleName: 'BYOK_Role' };

describe('describeSetUp', () => {
  it('shows nothing before region and account are known', () => {
    expect(describeSetUp(setupView())).toBeNull();
    expect(describeSetUp(setupView({ configuration: { ...provider, accountId: '1' } }))).toBeNull();
  });

  it('has the role and the key policy complete before there is a key, and the permission policy not', () => {
    const setUp = describeSetUp(setupView({ configuration: provider }));
    expect(setUp?.roleArn).toBe('arn:aws:iam::111122223333:role/BYOK_Role');
    expect(setUp?.policies.permission).toBeNull();
    expect(setUp?.links.key).toBeNull();
    const text = JSON.stringify(setUp?.policies);
    expect(text).toContain('kw_8Zq2vX0m5rJtY1cWbN4pLQ');
    expect(text).toContain('arn:aws:iam::111122223333:root');
    expect(text).not.toMatch(/REGION|ACCOUNT|<|undefined/);
  });

  it('completes the permission policy from what is being typed, a bare key ID included', () => {
    const view = setupView({ configuration: provider });
    const given = { keyArn: ` ${keyId} `, roleArn: '' };
    expect(describeSetUp(view, given)?.keyArn).toBe(keyArn);
    expect(JSON.stringify(describeSetUp(view, given)?.policies.permission)).toContain(keyArn);
  });

  it('takes the key’s own account for the root statement, and the role’s own name for its page', () => {
    const view = setupView({ configuration: provider });
    const setUp = describeSetUp(view, {
      keyArn: keyArn.replace('111122223333', '444455556666'),
      roleArn: 'arn:aws:iam::111122223333:role/team/Other',
    });
    expect(JSON.stringify(setUp?.policies.key)).toContain('arn:aws:iam::444455556666:root');
    expect(setUp?.links.role).toMatch(/\/Other$/);
  });

  it('names the key behind an alias once a test has resolved it, and only for that alias', () => {
    const view = setupView({
      configuration: { ...provider, keyArn: aliasArn },
      report: { pinnedKeyArn: keyArn },
    });
    expect(describeSetUp(view)?.keyArn).toBe(keyArn);
    expect(describeSetUp(view, { keyArn: `${aliasArn}-other`, roleArn: '' })?.keyArn).toBeNull();
    expect(describeSetUp({ ...view, report: null })?.keyArn).toBeNull();
  });

  it('opens the simulated AWS where there is one', () => {
    const view = setupView({ configuration: provider, consoleUrl: 'http://127.0.0.1:3001' });
    expect(describeSetUp(view)?.links.createRole).toMatch(/^http:\/\/127\.0\.0\.1:3001\//);
  });
});
