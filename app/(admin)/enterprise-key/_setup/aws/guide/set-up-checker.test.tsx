// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { policyText, trustPolicy } from '#lib/byok/aws/policies.ts';
import { readPolicyShape } from '#lib/byok/aws/policy-shape.ts';
import { SetUpChecker } from './set-up-checker.tsx';

const values = {
  partition: 'aws',
  region: 'us-east-1',
  roleArn: 'arn:aws:iam::111122223333:role/BYOK_Role',
  keyAccountId: '111122223333',
  keyArn: null,
  serviceRoleArn: 'arn:aws:iam::999988887777:role/KeywardService',
  shape: readPolicyShape({}),
  dataKeyPair: false,
  externalId: 'kw-uBbV3yGkZr0h6qPjX1nTtA',
  tenantId: '6f1c4d0e-8a53-4b7e-9f0a-2f6f5f5c9a11',
} as const;

afterEach(cleanup);

function check(text: string): HTMLTextAreaElement {
  render(<SetUpChecker values={values} />);
  const field = screen.getByLabelText<HTMLTextAreaElement>('Policy to check');
  fireEvent.change(field, { target: { value: text } });
  fireEvent.click(screen.getByRole('button', { name: 'Check policy' }));
  return field;
}

describe('Check a policy that you have', () => {
  it('says what is wrong, where, and gives the corrected text to copy', () => {
    const [statement] = trustPolicy(values).Statement;
    check(policyText({ Version: '2012-10-17', Statement: [{ ...statement, Principal: '*', Condition: undefined }] }));
    const items = screen.getAllByRole('listitem').map((item) => item.textContent);
    expect(items).toHaveLength(2);
    expect(items[0]).toMatch(/Open to everyone.*applies to everyone.*Statement 1, Principal: \*/);
    expect(items[1]).toMatch(/Too wide.*No external ID.*Statement 1, Condition/);
    const corrected = screen.getByRole('region', { name: 'corrected trust policy' });
    expect(corrected.textContent).toContain(values.externalId);
    expect(
      within(corrected)
        .getByText(/sts:ExternalId/)
        .closest('mark'),
    ).not.toBeNull();
    expect(screen.getByRole('button', { name: 'Copy corrected trust policy' })).toBeDefined();
  });

  it('says that a sound policy is sound', () => {
    check(policyText(trustPolicy(values)));
    expect(screen.getByText('Nothing is wrong with this trust policy.')).toBeDefined();
  });

  it('names line and column of what is no JSON, and puts the cursor there', () => {
    const field = check('{\n  "Statement": [,]\n}');
    expect(screen.getByText(/^Line 2, column 17: /)).toBeDefined();
    expect(field.getAttribute('aria-invalid')).toBe('true');
    expect(field.selectionStart).toBe(18);
  });

  it('says nothing more of a text that was changed since', () => {
    const field = check(policyText(trustPolicy(values)));
    fireEvent.change(field, { target: { value: '{}' } });
    expect(screen.queryByText(/Nothing is wrong/)).toBeNull();
  });
});
