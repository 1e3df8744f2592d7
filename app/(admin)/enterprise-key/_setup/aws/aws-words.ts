/** The words of the step AWS. */
export const awsWords = {
  question: 'Role and key',
  place: {
    accountId: { label: 'AWS Account ID', hint: '12 digits: the account of the role.', inputMode: 'numeric' },
    roleName: { label: 'Role Name', hint: 'Optional: change it if you have a naming convention.', inputMode: 'text' },
  },
  wherePlace: 'Where',
  someoneElse: 'Someone else manages AWS?',
  handOver: 'Download for your AWS administrator',
  needsPlace: 'Enter AWS Account ID first.',
  needsKey: 'Enter the key’s own ARN first.',
  compare: 'Compare with the policies that Keyward needs',
  ways: 'How to set AWS up',
  advanced: 'Advanced:',
  options: {
    open: 'Policy options',
    title: 'Policy options',
    about: 'Optional. Changes apply to every policy on this page.',
  },
  check: {
    open: 'Check a policy',
    title: 'Check a policy',
    about: 'The check runs in your browser. The text is neither sent nor stored.',
  },
  limit: {
    open: 'Limit by address',
    title: 'Limit by address',
    about: 'Optional: only if your rules allow access from known addresses alone.',
  },
  loading: 'Loading…',
  changed: 'Something has changed since. Verify it again.',
  another: 'Another step is being verified.',
  toBeSure: 'To be sure, check the policy under Advanced.',
} as const;
