import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { accountId, type Customer, startAws } from '../../../kms/testing/customer.ts';
import { type ArtefactValues, cmkDescription } from './artefact-values.ts';
import { cliScript, shellQuote } from './cli-script.ts';
import { allPassed, artefactValues, hostileTexts, testWith } from './testing/artefact-values.ts';
import { type Administrator, administratorOf } from './testing/aws-administrator.ts';
import { choices, newPlace, standing, use, valuesIn } from './testing/choices.ts';
import { answering, runScript } from './testing/run-script.ts';

let aws: Customer;
let administrator: Administrator;
beforeAll(async () => {
  aws = await startAws();
  administrator = await administratorOf(aws);
});
afterAll(async () => {
  administrator.close();
  await aws.close();
});
afterEach(() => administrator.removeRole());

const run = (values: ArtefactValues) => runScript(cliScript(values), answering(administrator));

/** What the script says is to be pasted into Keyward. */
function arnsIn(stdout: string): { keyArn: string; roleArn: string } {
  const find = (label: string) => new RegExp(`^${label}: (\\S+)$`, 'm').exec(stdout)?.[1] ?? '';
  return { keyArn: find('Provider ARN'), roleArn: find('Role ARN') };
}

describe('the AWS CLI script', () => {
  it('sets up an account that has nothing, and Test Configuration passes every check', async () => {
    const { code, stdout, stderr } = await run(artefactValues());
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(await testWith(aws, arnsIn(stdout))).toEqual(allPassed);
  });

  it('makes no second key when it is run again, and fixes what was changed in between', async () => {
    const first = await run(artefactValues({ key: { id: 'again000-1', alias: 'Again', description: '' } }));
    await aws.put.key(aws.policies.key, arnsIn(first.stdout).keyArn);
    const again = await run(artefactValues({ key: { id: 'again000-1', alias: 'Again', description: '' } }));
    expect(arnsIn(again.stdout)).toEqual(arnsIn(first.stdout));
    expect(again.calls.map(([service, command]) => `${service} ${command}`)).not.toContain('kms create-key');
    expect(await testWith(aws, arnsIn(again.stdout))).toEqual(allPassed);
  });

  it('finds the key that it made by its tag, where it stopped before the key had its alias', async () => {
    const values = artefactValues({ key: { id: 'aliasnot-1', alias: 'No alias', description: '' } });
    const answer = answering(administrator);
    const stopped = await runScript(cliScript(values), async (words) =>
      words[1] === 'create-alias' ? { stdout: '', stderr: 'LimitExceededException', code: 254 } : answer(words),
    );
    expect(stopped.code).not.toBe(0);
    const before = await standing(aws);
    const again = await run(values);
    expect(again.code).toBe(0);
    const after = await standing(aws);
    expect({ keys: after.keys, aliases: after.aliases.length }).toEqual({
      keys: before.keys,
      aliases: before.aliases.length + 1,
    });
    expect(await testWith(aws, arnsIn(again.stdout))).toEqual(allPassed);
  });

  it('says before what it replaces, and keeps each policy in a file', async () => {
    const values = artefactValues({ key: { id: 'keepsit0-1', alias: 'Keeps', description: '' } });
    const first = await run(values);
    expect({ stderr: first.stderr, files: first.files }).toEqual({ stderr: '', files: {} });
    await aws.put.key(aws.policies.key, arnsIn(first.stdout).keyArn);
    const again = await run(values);
    const kept = Object.entries(again.files).map(([name, text]) => [name.replace(/-before-.*/, ''), text]);
    expect(kept.map(([name]) => name).sort()).toEqual(['key-policy', 'permission-policy', 'trust-policy']);
    expect(JSON.parse(String(kept.find(([name]) => name === 'key-policy')?.[1]))).toEqual(aws.policies.key);
    for (const name of Object.keys(again.files)) expect(again.stderr).toContain(`kept in ${name}`);
  });

  it('does not go on with a key that is scheduled for deletion', async () => {
    const values = artefactValues({ key: { id: 'dyingkey-1', alias: 'Dying', description: '' } });
    const { keyArn } = arnsIn((await run(values)).stdout);
    await aws.kms('ScheduleKeyDeletion', { KeyId: keyArn });
    const again = await run(values);
    expect(again.stderr).toContain(`aws kms cancel-key-deletion --region us-east-1 --key-id ${keyArn}`);
    expect(again.calls.map(([, command]) => command)).not.toContain('create-key');
    await aws.kms('CancelKeyDeletion', { KeyId: keyArn });
    await aws.kms('EnableKey', { KeyId: keyArn });
  });

  it('may be run after each choice, in turn: no key or alias goes, and nothing is made twice', async () => {
    const place = await newPlace(aws, 'cli');
    let made: string | null = null;
    let before = await standing(aws);
    for (const choice of Object.keys(choices).filter((name) => name !== 'a key of another account')) {
      const values = valuesIn(place, choice, made);
      const { code, stdout } = await run(values);
      const after = await standing(aws);
      expect({ choice, code, dying: after.dying }).toEqual({ choice, code: 0, dying: [] });
      expect(after.aliases).toEqual(expect.arrayContaining(before.aliases));
      expect(after.keys).toBe(made === null && !values.cmk ? before.keys + 1 : before.keys);
      before = after;
      if (!values.cmk) made ??= arnsIn(stdout).keyArn;
      const roleName = values.role.name;
      expect({ choice, ...(await testWith(aws, { ...arnsIn(stdout), roleName })) }).toEqual({ choice, ...allPassed });
    }
  });

  it('names every key that data still hangs on in the permission policy', async () => {
    const inUse = [use({ keyArn: aws.keyArn, roleArn: artefactValues().role.arn })];
    const { stdout } = await run(artefactValues({ inUse, key: { id: 'bothkeys-1', alias: 'Both', description: '' } }));
    const PolicyName = 'KeywardUsesKey-bothkeys';
    const { PolicyDocument } = await aws.iam('GetRolePolicy', { RoleName: 'KeywardRole', PolicyName });
    const resources = JSON.parse(decodeURIComponent(String(PolicyDocument))).Statement[1].Resource;
    expect(resources).toEqual([arnsIn(stdout).keyArn, aws.keyArn]);
  });

  it('has one part that is the same whatever was chosen', async () => {
    const place = await newPlace(aws, 'same');
    const same = Object.keys(choices).map(
      (choice) => cliScript(valuesIn(place, choice, null)).split('# From here on')[1],
    );
    expect(new Set(same).size).toBe(1);
  });

  it('puts the policy on a key that is there already, and makes none', async () => {
    const { code, stdout, calls } = await run(artefactValues({ cmk: { arn: aws.keyArn, accountId } }));
    expect(code).toBe(0);
    expect(calls.map(([, command]) => command)).not.toContain('create-key');
    expect(await testWith(aws, arnsIn(stdout))).toEqual(allPassed);
  });

  it('waits while KMS does not know the new role yet', async () => {
    const answer = answering(administrator);
    let refused = 0;
    const { code, stdout } = await runScript(
      cliScript(artefactValues({ key: { id: 'waiting0-1', alias: 'Waiting', description: '' } })),
      async (words) => {
        if (words[1] !== 'create-key' || refused++ >= 2) return answer(words);
        return { stdout: '', stderr: 'An error occurred (MalformedPolicyDocumentException)', code: 254 };
      },
    );
    expect({ code, refused }).toEqual({ code: 0, refused: 3 });
    expect(await testWith(aws, arnsIn(stdout))).toEqual(allPassed);
  });

  it('stops before it makes a key where it may not see whether there is one', async () => {
    const answer = answering(administrator);
    const { code, stderr, calls } = await runScript(cliScript(artefactValues()), async (words) =>
      words[1] === 'describe-key' ? { stdout: '', stderr: 'AccessDeniedException', code: 254 } : answer(words),
    );
    expect(code).toBe(1);
    expect(stderr).toContain('AccessDeniedException');
    expect(calls.map(([, command]) => command)).not.toContain('create-key');
  });

  it('changes nothing in another account than the one that it is for', async () => {
    const role = { ...artefactValues().role, accountId: '222233334444' };
    const { code, stderr, calls } = await run(artefactValues({ role }));
    expect(code).toBe(1);
    expect(stderr).toContain('this is for 222233334444');
    expect(calls).toHaveLength(1);
  });

  it('does the role’s part and the key’s part each in its own account', async () => {
    const cmk = { arn: aws.keyArn.replace(accountId, '444455556666'), accountId: '444455556666' };
    const inRoleAccount = await run(artefactValues({ cmk }));
    expect(inRoleAccount.calls.map(([service]) => service)).not.toContain('kms');
    expect(inRoleAccount.stdout).toContain('444455556666');
    const values = artefactValues();
    const inKeyAccount = await run({
      ...values,
      role: { ...values.role, accountId: '444455556666', arn: aws.roleArn },
      cmk: { arn: aws.keyArn, accountId },
    });
    expect(inKeyAccount.code).toBe(0);
    expect(inKeyAccount.calls.map(([service]) => service)).not.toContain('iam');
  });

  it('hands over names and texts to the AWS CLI as they are, whatever is in them', async () => {
    const hostile = hostileTexts.join(' ');
    const values = artefactValues({
      tenant: { id: artefactValues().tenant.id, name: hostile },
      key: { id: '0a1b2c3d', alias: hostile, description: hostile },
      role: { ...artefactValues().role, name: '-=,.@+', path: "/-te'am$(id)/" },
    });
    const { code, calls, stderr } = await runScript(cliScript(values), async (words) => {
      if (words[1] === 'list-keys') return { stdout: '', stderr: '', code: 0 };
      if (words[1] === 'get-role' || words[1] === 'get-role-policy')
        return { stdout: '', stderr: 'NoSuchEntity', code: 254 };
      if (words[1] === 'describe-key') return { stdout: '', stderr: 'NotFoundException', code: 254 };
      return { stdout: words[0] === 'sts' ? accountId : '{}', stderr: '', code: 0 };
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(calls.flat()).toContain(`--description=${cmkDescription(values)}`);
    expect(calls.flat()).toContain('--role-name=-=,.@+');
    expect(calls.flat()).toContain("--path=/-te'am$(id)/");
    expect(calls.map(([, command]) => command)).toEqual([
      'get-caller-identity',
      'get-role',
      'create-role',
      'wait',
      'describe-key',
      'list-keys',
      'create-key',
      'create-alias',
      'get-role-policy',
      'put-role-policy',
    ]);
  });

  it('quotes any text as one word of bash', () => {
    const texts = fc.sample(fc.string({ unit: 'binary' }), 500).map((text) => text.replaceAll('\0', '').toWellFormed());
    const words = [...hostileTexts.map((text) => text.replaceAll('\0', '')), ...texts];
    const script = `printf '%s\\0' ${words.map(shellQuote).join(' ')}`;
    expect(execFileSync('bash', { input: script }).toString().split('\0').slice(0, -1)).toEqual(words);
  });

  it('is sound to bash in every form', () => {
    for (const cmk of [null, { arn: aws.keyArn, accountId }, { arn: aws.keyArn, accountId: '444455556666' }]) {
      for (const hostile of hostileTexts) {
        const values = artefactValues({ cmk, key: { id: 'x', alias: hostile, description: hostile } });
        expect(() => execFileSync('bash', ['-n'], { input: cliScript(values), stdio: 'pipe' })).not.toThrow();
      }
    }
  });
});
