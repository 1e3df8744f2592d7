/** What the vendor may say of keys outside of a tenant's home region. */
export const regionRuleChoices = [
  {
    value: 'refuse',
    label: 'Refuse',
    hint: 'Its test fails. The tenant can neither schedule it nor rotate to it.',
  },
  {
    value: 'warn',
    label: 'Warn',
    hint: 'Its test warns, and the tenant’s administrator has to acknowledge the warning by name.',
  },
];
