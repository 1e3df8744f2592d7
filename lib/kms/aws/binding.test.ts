import { awsDraftSchema } from '#lib/byok/aws/connection.ts';
import { connectionOf } from '#lib/byok/aws/testing/connection-of.ts';
import type { KeyConnection } from '../key-service.ts';
import { describeBindings } from '../provider.contract.ts';
import { makeUser } from '../testing/access-key-user.ts';
import { externalId, region, startAws, tenantId } from '../testing/customer.ts';

/** Another tenant's, with what we have made for that one. */
const stranger = { tenantId: 'aa6f3c57-0f5d-4a76-8d43-8b1f7f1f2c3d', externalId: 'kw-Zz0hQ3mY7cJb1nWxT5uRkA' };

describeBindings('aws', {
  'assume-role': async () => {
    const aws = await startAws();
    const { roleArn, keyArn } = aws;
    const own: KeyConnection = {
      connection: connectionOf({ region, roleArn, keyArn }),
      pinnedKeyRef: keyArn,
      tenantId,
      externalId,
      generates: true,
      secret: undefined,
    };
    return { own, others: { 'the same role and key': { ...own, ...stranger } }, close: aws.close };
  },
  'access-key': async () => {
    const aws = await startAws();
    const { keyArn } = aws;
    const by = ({ accessKeyId, secretAccessKey }: { accessKeyId: string; secretAccessKey: string }) => ({
      connection: connectionOf(
        awsDraftSchema.parse({ provider: 'aws', authMode: 'access-key', region, accessKeyId, keyArn }),
      ),
      pinnedKeyRef: keyArn,
      generates: false,
      secret: secretAccessKey,
    });
    const { accessKey } = await makeUser(aws);
    // In an account of its own it may give its user every right, on any key there is.
    const strangers = '444455556666';
    await aws.send('POST', 'ready-account', { accountId: strangers, region });
    const iam = (action: string, input: Record<string, unknown>) =>
      aws.send('POST', `accounts/${strangers}/iam/${action}`, input);
    const anything = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'kms:*', Resource: '*' }],
    };
    const foreign = await makeUser({ iam, keyArn }, anything);
    const secretAccessKey = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
    return {
      own: { ...by(accessKey), tenantId, externalId },
      others: {
        'the same access key ID, and a secret of its own': { ...by({ ...accessKey, secretAccessKey }), ...stranger },
        'a user of its own, who may do anything': { ...by(foreign.accessKey), ...stranger },
      },
      close: aws.close,
    };
  },
});
