/** What the demo's tenants are made of: invented names and words, no real ones. */
export type SeedTenant = {
  name: string;
  reference: string;
  homeRegion: string;
  accountId: string;
  messages: number;
  apps: { name: string; kind: 'app' | 'bot' }[];
  profiles: { app: string; name: string; userName: string; password: string }[];
};

export const seedTenants: SeedTenant[] = [
  {
    name: 'Acme',
    reference: 'acme',
    homeRegion: 'us-east-1',
    accountId: '111122223333',
    messages: 5_000,
    apps: [
      { name: 'Claims assistant', kind: 'bot' },
      { name: 'Billing help', kind: 'bot' },
      { name: 'Lobby kiosk', kind: 'bot' },
      { name: 'Order tracker', kind: 'bot' },
      { name: 'Returns desk', kind: 'bot' },
      { name: 'Night line', kind: 'bot' },
      { name: 'HR portal', kind: 'app' },
      { name: 'Agent desktop', kind: 'app' },
      { name: 'Quality review', kind: 'app' },
      { name: 'Supplier portal', kind: 'app' },
      { name: 'Field service', kind: 'app' },
      { name: 'Loyalty club', kind: 'app' },
    ],
    profiles: [
      { app: 'Claims assistant', name: 'Claims archive', userName: 'admin', password: 'password' },
      { app: 'HR portal', name: 'Payroll service', userName: 'admin', password: 'password' },
      { app: 'Lobby kiosk', name: 'Visitor register', userName: 'admin', password: 'password' },
    ],
  },
  {
    name: 'Globex',
    reference: 'globex',
    homeRegion: 'eu-central-1',
    accountId: '444455556666',
    messages: 300,
    apps: [
      { name: 'Service desk', kind: 'bot' },
      { name: 'Dealer portal', kind: 'app' },
      { name: 'Survey bot', kind: 'bot' },
    ],
    profiles: [{ app: 'Service desk', name: 'Ticket archive', userName: 'admin', password: 'password' }],
  },
];

export const seedPeople = [
  { email: 'admin@acme.example', role: 'admin', tenant: 'acme' },
  { email: 'viewer@acme.example', role: 'viewer', tenant: 'acme' },
  { email: 'admin@globex.example', role: 'admin', tenant: 'globex' },
  { email: 'support@vendor.example', role: 'support', tenant: null },
  { email: 'operator@vendor.example', role: 'operator', tenant: null },
] as const;

const asks = [
  'Where is my order',
  'I was charged twice for',
  'Please change the address on',
  'Can I return',
  'When does the shop open for',
  'My card was declined while paying for',
  'I need a copy of the invoice for',
  'Who do I talk to about',
];
const things = [
  'the blue kettle',
  'claim 20917',
  'my March bill',
  'the spare filter',
  'the garden chairs',
  'policy 88-104',
  'the winter tyres',
  'my visit on Friday',
];
const people = ['Ada', 'Ben', 'Chidi', 'Dana', 'Emre', 'Fatima', 'Goro', 'Hanna', 'Ivo', 'Jun'];

/** The n-th message of a conversation: always the same for the same n. */
export function messageText(n: number): string {
  const name = people[n % people.length];
  const ask = asks[Math.floor(n / people.length) % asks.length];
  const thing = things[Math.floor(n / (people.length * asks.length)) % things.length];
  return `${name}: ${ask} ${thing}? (conversation ${1_000 + Math.floor(n / 6)}, message ${n + 1})`;
}
