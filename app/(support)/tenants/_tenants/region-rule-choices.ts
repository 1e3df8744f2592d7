/** What the vendor may say of keys outside of a tenant's home region. */
export const regionRuleChoices = [
  {
    value: 'refuse',
    label: 'Refuse',
    hint: 'Its test fails, and it cannot be scheduled or rotated to.',
  },
  {
    value: 'warn',
    label: 'Warn',
    hint: 'Its test warns, and an administrator of the tenant has to acknowledge that by name.',
  },
];
