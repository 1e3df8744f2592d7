import { describe, expect, it } from 'vitest';
import { titleWithin } from './titles.ts';

describe('the title of a page', () => {
  it('says where one is from the inside out, and lets pages below put theirs in front', () => {
    expect(titleWithin('byok-prod', 'Enterprise Key', 'Acme')).toEqual({
      absolute: 'byok-prod · Enterprise Key · Acme · Keyward',
      template: '%s · byok-prod · Enterprise Key · Acme · Keyward',
    });
    expect(titleWithin()).toEqual({ absolute: 'Keyward', template: '%s · Keyward' });
  });

  it('takes no name for a place to put a title into', () => {
    expect(titleWithin('100%sure').template.match(/%s/g)).toHaveLength(1);
  });
});
