/** The people whom the demo is seeded with. Shown in demo mode only; their password comes from the configuration. */
export const demoAccounts = [
  { email: 'admin@acme.example', who: 'Administrator of Acme' },
  { email: 'viewer@acme.example', who: 'Viewer of Acme' },
  { email: 'admin@globex.example', who: 'Administrator of Globex' },
  { email: 'support@vendor.example', who: 'Support of the vendor' },
  { email: 'operator@vendor.example', who: 'Operator of the vendor' },
] as const;
