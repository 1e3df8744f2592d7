import { expect, test } from 'vitest';
import { fieldName, operationChoices, outcomeOf, wordsOf } from './words.ts';

test('every command and what comes of it reads as words', () => {
  expect(wordsOf('revert-key')).toBe('Revert to None');
  expect(wordsOf('rotation-left-behind')).toBe('Rotation left something behind');
  const choices = operationChoices().map(([operation]) => operation);
  for (const operation of ['rotate-key', 'update-apps', 'rekey-app', 'pause-move', 'resume-move', 'set-cache-time'])
    expect(choices).toContain(operation);
});

test('an operation without words of its own is spelled out', () => {
  expect(wordsOf('count-the-stars')).toBe('Count the stars');
});

test('fields read as words, nested ones too', () => {
  expect(fieldName('dataKeysDeleted')).toBe('Older data keys deleted');
  expect(fieldName('configuration.keyArn')).toBe('Configuration, key ARN');
  expect(fieldName('records', 'finish-activation')).toBe('Records re-encrypted');
  expect(fieldName('records', 'open-recent-records')).toBe('Records opened');
  expect(fieldName('nextTryAt')).toBe('Next try at');
});

test('what happened to a key is no act that was done', () => {
  expect(outcomeOf({ operation: 'key-revoked', outcome: 'done' })).toEqual({ label: 'Revoked', tone: 'bad' });
  expect(outcomeOf({ operation: 'key-healthy', outcome: 'done' })).toEqual({ label: 'Healthy', tone: 'ok' });
  expect(outcomeOf({ operation: 'rotate-key', outcome: 'done' }).label).toBe('Done');
  expect(outcomeOf({ operation: 'rotate-key', outcome: 'refused' }).label).toBe('Refused');
});
