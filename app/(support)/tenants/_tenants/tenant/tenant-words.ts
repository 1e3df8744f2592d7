/** Sentences of the pages of one tenant. */
export const sendWords = {
  title: 'Send this to the customer',
  description: 'It holds no secret. The customer’s external ID is not in it.',
  linkNote: '(works in the customer’s account)',
} as const;

export const tenantTabs = { label: 'Sections of this tenant', diagnosis: 'Diagnosis', settings: 'Settings' } as const;

/** Below the tenant's name. */
export function visitWords(role: string, name: string): string {
  const logged = `This visit is logged in ${name}’s history.`;
  return role === 'operator' ? logged : `Read-only. ${logged}`;
}
