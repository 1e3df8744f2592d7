// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { sampleDetails, sampleView } from '../../../_shared/key/sample-view.fixture.ts';
import { KeyFacts } from './key-facts.tsx';

afterEach(cleanup);

const factOf = (label: string) => screen.queryByText(label)?.nextElementSibling?.textContent;

test('a key of AWS shows how it is reached by the names that the wizard has for it', () => {
  render(<KeyFacts view={sampleView({ versions: [] })} />);
  expect(factOf('Cloud Provider')).toBe('Amazon Web Services (AWS)');
  expect(factOf('Authentication Mode')).toBe('AWS Assume Role');
  expect(factOf('Role ARN')).toMatch(/^arn:aws:iam::/);
  expect(factOf('Assume Role External ID')).toMatch(/^kw_/);
});

test('what the active version shows of itself does not stand here once more', () => {
  render(<KeyFacts view={sampleView()} />);
  expect(factOf('Role ARN')).toBeUndefined();
  expect(factOf('Provider ARN, as given')).toBeUndefined();
  expect(factOf('Assume Role External ID')).toMatch(/^kw_/);
});

test.each([
  ['gcp', 'assume-role'],
  ['aws', 'federated'],
])('a key that is stored with %s and %s is shown as that, and as no role', (provider, authMode) => {
  const details = sampleDetails({ provider, authMode, externalId: '' });
  render(<KeyFacts view={sampleView({ details, standing: null, unknownConnection: { provider, authMode } })} />);
  expect(`${factOf('Cloud Provider')} ${factOf('Authentication Mode')}`).toContain('(not known to this version)');
  expect(factOf('Authentication Mode')).toBe(`${authMode} (not known to this version)`);
  for (const ofAws of ['Role ARN', 'Assume Role External ID', 'Access Key ID']) expect(factOf(ofAws)).toBeUndefined();
});
