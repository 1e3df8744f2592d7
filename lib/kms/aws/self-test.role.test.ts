import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { RoleDraft } from '#lib/byok/aws/connection.ts';
import { policyText, trustPolicy } from '#lib/byok/aws/policies.ts';
import type { CheckFinding, TestEvent } from '#lib/byok/test-report.ts';
import { type Customer, externalId, serviceRoleArn, startAws } from '../testing/customer.ts';
import { failedAt, optionsFor, outcomes, row, run } from '../testing/run-self-test.ts';
import { type SelfTestOptions, selfTestAws } from './self-test.ts';

let aws: Customer;
beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws.close());
afterEach(async () => {
  await aws.faults();
  await aws.applyPolicies();
});

function options(more: Partial<SelfTestOptions> = {}, configuration: Partial<RoleDraft> = {}) {
  return optionsFor(aws, more, configuration);
}

describe('the role', () => {
  it('that trusts us without an external ID authenticates and fails as confused deputy, with the condition marked', async () => {
    await aws.put.trust({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { AWS: serviceRoleArn }, Action: 'sts:AssumeRole' }],
    });
    const report = await run(options());
    expect(outcomes(report)).toEqual(failedAt('confused-deputy'));
    expect(report.done).toMatchObject({ passed: false });
    const { cause, remedy } = row(report, 'confused-deputy');
    expect(cause).toBe('external-id-not-required');
    expect(remedy?.policy).toMatchObject({ kind: 'trust', document: trustPolicy({ serviceRoleArn, externalId }) });
    const lines = policyText(remedy?.policy?.document ?? {}).split('\n');
    const marked = remedy?.policy?.markedLines.flatMap(([from, to]) => lines.slice(from - 1, to)).join('\n');
    expect(marked).toContain('"Condition"');
    expect(marked).toContain(`"sts:ExternalId": "${externalId}"`);
    expect(remedy?.link).toMatchObject({
      target: 'role',
      url: 'http://127.0.0.1:3001/iam/home#/roles/details/BYOK_Role',
    });
  });

  it('that takes any external ID but wants one fails with that cause', async () => {
    const trust = trustPolicy({ serviceRoleArn, externalId });
    await aws.put.trust({
      ...trust,
      Statement: trust.Statement.map((it) => ({ ...it, Condition: { StringLike: { 'sts:ExternalId': '*' } } })),
    });
    const report = await run(options());
    expect(row(report, 'confused-deputy')).toMatchObject({ outcome: 'failed', cause: 'external-id-not-checked' });
  });

  it('that wants another external ID does not let us in, and nothing after it is run', async () => {
    await aws.put.trust(trustPolicy({ serviceRoleArn, externalId: 'kw-somebody-elses-id' }));
    const report = await run(options());
    expect(row(report, 'authentication')).toMatchObject({ outcome: 'failed', cause: 'assume-role-denied' });
    expect(row(report, 'authentication').remedy?.policy?.document).toEqual(trustPolicy({ serviceRoleArn, externalId }));
    for (const id of ['confused-deputy', 'key', 'data-key', 'encryption-decryption', 'context'] as const) {
      expect(row(report, id)).toMatchObject({ outcome: 'not-run', providerRequestIds: [] });
    }
    expect(row(report, 'context').summary).toContain('Authentication');
  });

  it('whose trust arrives late is waited for, attempt by attempt', async () => {
    await aws.put.trust(trustPolicy({ serviceRoleArn, externalId: 'kw-somebody-elses-id' }));
    const events: TestEvent<CheckFinding>[] = [];
    for await (const event of selfTestAws(options({ waitLimits: { positiveMs: 10_000, pauseMs: 10 } }))) {
      events.push(event);
      if (event.type === 'waiting' && event.attempt === 3) await aws.applyPolicies();
    }
    const waiting = events.flatMap((event) => (event.type === 'waiting' ? [[event.id, event.attempt]] : []));
    expect(waiting).toEqual([
      ['authentication', 2],
      ['authentication', 3],
    ]);
    expect(events.at(-1)).toMatchObject({ type: 'done', passed: true });
  });

  it('whose new condition arrives late is not failed at once', async () => {
    const [statement] = aws.policies.trust.Statement;
    await aws.put.trust({ Version: '2012-10-17', Statement: [{ ...statement, Condition: undefined }] });
    let seen = 0;
    for await (const event of selfTestAws(options({ waitLimits: { confusedDeputyMs: 10_000, pauseMs: 10 } }))) {
      if (event.type === 'waiting') {
        seen += 1;
        expect(event.id).toBe('confused-deputy');
        await aws.applyPolicies();
      }
      if (event.type === 'done') expect(event.passed).toBe(true);
    }
    expect(seen).toBe(1);
  });

  it('refusing for any other reason than AccessDenied proves nothing about the confused deputy', async () => {
    let faulty = false;
    const results: string[] = [];
    for await (const event of selfTestAws(options({ limits: { totalTimeoutMs: 600 } }))) {
      if (event.type !== 'check') continue;
      if (event.result.id === 'confused-deputy' && !faulty) {
        faulty = true;
        await aws.faults({ service: 'sts', kind: 'error', name: 'ServiceUnavailable', status: 503 });
      }
      if (event.result.id === 'confused-deputy') results.push(`${event.result.outcome} ${event.result.cause}`);
    }
    expect(results).toEqual(['running undefined', 'failed kms-internal']);
  });
});
