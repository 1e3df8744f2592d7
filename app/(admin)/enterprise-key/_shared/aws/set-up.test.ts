import { describe, expect, it } from 'vitest';
import { setupView } from '../../_setup/testing/setup-view.ts';
import { describeSetUp } from './set-up.ts';

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
      report: { pinnedKeyRef: keyArn },
    });
    expect(describeSetUp(view)?.keyArn).toBe(keyArn);
    expect(describeSetUp(view, { keyArn: `${aliasArn}-other`, roleArn: '' })?.keyArn).toBeNull();
    expect(describeSetUp({ ...view, report: null })?.keyArn).toBeNull();
  });

  it('opens the simulated AWS where there is one', () => {
    const view = setupView({ configuration: provider, consoleUrl: 'http://127.0.0.1:3001' });
    expect(describeSetUp(view)?.links.createRole).toMatch(/^http:\/\/127\.0\.0\.1:3001\//);
  });

  it('names every key and role that is in use, and says why', () => {
    const view = setupView({ configuration: provider });
    const other = keyArn.replace('1234abcd', '9999abcd');
    const roleArn = 'arn:aws:iam::111122223333:role/BYOK_Role';
    const use = { keyId: 'k', alias: 'prod', version: 1, serviceRoleArn: view.ourIdentity, current: true };
    const inUse = [
      { ...use, keyArn: other, roleArn },
      { ...use, keyArn, roleArn: `${roleArn}_Old`, serviceRoleArn: 'x' },
      { ...use, keyArn: `${other}0`, roleArn: `${roleArn}_Old` },
    ];
    const setUp = describeSetUp({ ...view, inUse }, { keyArn, roleArn });
    const text = (policy: object | null | undefined) => JSON.stringify(policy);
    expect(text(setUp?.policies.permission)).toContain(`"Resource":["${keyArn}","${other}"]`);
    expect(text(setUp?.policies.key)).toContain(`"AWS":["${roleArn}","${roleArn}_Old"]`);
    expect(setUp?.more.permission).toContain(`${other} (version 1 of “prod”, active)`);
    expect(setUp?.more.key).toContain(`${roleArn}_Old`);
    expect(setUp?.more.trust).toBeNull();
  });

  it('is complete where a file can set everything up: the key is known, or is to be made by it', () => {
    const complete = (configuration: object, given: string) =>
      describeSetUp(setupView({ configuration: { ...provider, ...configuration } }), { keyArn: given, roleArn: '' })
        ?.complete;
    expect([complete({}, ''), complete({}, keyArn)]).toEqual([true, true]);
    expect([complete({}, aliasArn), complete({ createsKey: true }, '')]).toEqual([false, false]);
  });
});
