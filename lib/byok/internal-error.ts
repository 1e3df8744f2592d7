/** Apart from all others: what stands in for a page that failed says no other, and is loaded with every page. */
export const internalErrorWords = {
  title: 'Something went wrong in Keyward.',
  meaning: 'Anything that was changed is in the history.',
  next: 'Try again. If it happens again, send support the request ID.',
  status: 500,
} as const;
