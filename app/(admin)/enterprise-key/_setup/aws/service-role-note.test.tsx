// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { setupView } from '../testing/setup-view.ts';
import { isUnreachable, ServiceRoleNote, serviceRoleHint } from './service-role-note.tsx';

const gov = 'arn:aws-us-gov:iam::999988885555:role/KeywardService';
const general = { regions: '*', roleArn: 'arn:aws:iam::999988887777:role/KeywardService' };

afterEach(cleanup);

describe('who the vendor is in the region that is chosen', () => {
  it('is said where it is not who the vendor is elsewhere', () => {
    const setup = setupView({ ourIdentities: [{ regions: 'us-gov-*', roleArn: gov }, general] });
    render(<ServiceRoleNote region="us-gov-east-1" setup={setup} />);
    expect(screen.getByText(gov)).toBeTruthy();
    expect(serviceRoleHint(setup, 'us-gov-east-1')).toContain('AWS GovCloud (US-East)');
    expect(serviceRoleHint(setup, 'us-east-1')).toBeUndefined();
  });

  it('is nobody in a partition without a role, and what to ask the vendor for is said', () => {
    const setup = setupView({ ourIdentities: [general], configuration: { region: 'cn-north-1' } });
    render(<ServiceRoleNote region="cn-north-1" setup={setup} />);
    expect(screen.getByText(/This installation has no role in aws-cn/)).toBeTruthy();
    expect(screen.getByText(/Ask your vendor for a service role in aws-cn/)).toBeTruthy();
    expect(isUnreachable(setup)).toBe(true);
    expect(
      isUnreachable(setupView({ ...setup, configuration: { region: 'cn-north-1', authMode: 'access-key' } })),
    ).toBe(false);
  });

  it('is nothing to speak of in the usual region', () => {
    const { container } = render(<ServiceRoleNote region="us-east-1" setup={setupView()} />);
    expect(container.textContent).toBe('');
  });
});
