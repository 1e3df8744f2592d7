import { expect, test } from 'vitest';
import { fieldName, operationChoices, wordsOf } from './_words.ts';

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
  expect(fieldName('nextTryAt')).toBe('Next try at');
});
