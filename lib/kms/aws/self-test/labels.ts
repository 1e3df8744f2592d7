/**
 * Labels of the key in AWS: good to know and nothing that we need. A denial is no failure and is not asked again.
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_ListAliases.html
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_ListResourceTags.html
 */

import { ListAliasesCommand, ListResourceTagsCommand } from '@aws-sdk/client-kms';
import { awsMessage } from '#lib/byok/aws/messages/aws-message.ts';
import type { KeyFacts } from '#lib/byok/key-facts.ts';
import type { CheckFinding } from '#lib/byok/test-report.ts';
import { ask } from './ask.ts';
import { found, type TestRun } from './test-run.ts';

/** A key has at most 50 tags, and as many aliases on one page are enough to know it by. */
const limit = 50;

type Labels = Pick<KeyFacts, 'aliases' | 'tags'>;

/** null: not permitted to see, or it could not be seen now. */
export async function labelsOf(test: TestRun, keyArn: string): Promise<Labels> {
  const kms = found(test.kms);
  const aliases = await ask(test, (op) =>
    op.send('kms', (abortSignal) => kms.send(new ListAliasesCommand({ KeyId: keyArn, Limit: limit }), { abortSignal })),
  );
  const tags = await ask(test, (op) =>
    op.send('kms', (abortSignal) =>
      kms.send(new ListResourceTagsCommand({ KeyId: keyArn, Limit: limit }), { abortSignal }),
    ),
  );
  return {
    aliases: aliases.ok ? (aliases.value.Aliases ?? []).flatMap(({ AliasName }) => AliasName ?? []).sort() : null,
    tags: tags.ok
      ? (tags.value.Tags ?? []).map(({ TagKey, TagValue }) => ({ key: TagKey ?? '', value: TagValue ?? '' }))
      : null,
  };
}

/** For the row of the check: what the customer will find refused in CloudTrail, and that nothing depends on it. */
export function labelDetails({ aliases, tags }: Labels): CheckFinding['details'] {
  const refused = [...(aliases === null ? ['ListAliases'] : []), ...(tags === null ? ['ListResourceTags'] : [])];
  if (refused.length === 0) return [];
  return [
    {
      label: awsMessage('label-labels'),
      value: awsMessage('refused-labels-are-ours', { calls: refused }),
    },
  ];
}
