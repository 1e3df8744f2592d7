/** The people whom the demo is seeded with. Shown in demo mode only; their password comes from the configuration. */
export const demoAccounts = [
  { email: 'admin@acme.example', who: 'Administrator, Acme' },
  { email: 'viewer@acme.example', who: 'Viewer, Acme' },
  { email: 'admin@globex.example', who: 'Administrator, Globex' },
  { email: 'support@vendor.example', who: 'Support' },
  { email: 'operator@vendor.example', who: 'Operator' },
] as const;
