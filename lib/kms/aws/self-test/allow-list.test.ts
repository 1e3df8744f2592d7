import { afterAll, beforeAll, expect, it } from 'vitest';
import { sourceIpStatement } from '#lib/byok/aws/allow-list.ts';
import { permissionTable } from '#lib/byok/aws/permitted-actions.ts';
import { type Customer, startAws } from '../../testing/customer.ts';
import { optionsFor, row, run } from '../../testing/run-self-test.ts';

let aws: Customer;

beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws?.close());

async function restrictTo(...addresses: string[]): Promise<void> {
  const document = aws.policies.permission as { Statement: object[] };
  await aws.put.permission({ ...document, Statement: [...document.Statement, sourceIpStatement(addresses)] });
}

it('under the statement for our addresses, calls from one of them are as before', async () => {
  await restrictTo('198.51.100.0/24', '127.0.0.1/32');
  const { done } = await run(optionsFor(aws));
  expect(done.passed).toBe(true);
});

it('calls from any other address are denied, whatever else allows them', async () => {
  await restrictTo('198.51.100.0/24');
  const report = await run(optionsFor(aws));
  expect(row(report, 'key').outcome).toBe('failed');
  const table = permissionTable([...report.results.values()], { dataKeyPair: false, passed: false });
  expect(table[0]).toMatchObject({ action: 'kms:DescribeKey', outcome: 'denied' });
});
