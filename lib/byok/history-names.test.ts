import { expect, it } from 'vitest';
import { keyInHistory, pinnedInHistory } from './history-names.ts';
import { ownHistoryWords } from './providers.ts';

it('a key of AWS is told by its ARN, as it always was', () => {
  expect(keyInHistory('aws', 'arn')).toEqual({ keyArn: 'arn' });
  expect(pinnedInHistory('aws', 'arn')).toEqual({ pinnedKeyArn: 'arn' });
});

it('a key of a provider that has no name of its own for it is told as a key', () => {
  const told = { ...keyInHistory('no-provider', 'k'), ...pinnedInHistory('no-provider', 'p') };
  expect(told).toEqual({ keyRef: 'k', pinnedKeyRef: 'p' });
});

it('each of these names has its words', () => {
  const words = Object.assign({}, ...ownHistoryWords().map(({ fields }) => fields));
  expect(words).toMatchObject({ keyRef: 'Key', pinnedKeyRef: 'Key it stands for', keyArn: 'Key ARN' });
});
