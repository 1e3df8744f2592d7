/** Apart from all others: what stands in for a page that failed says no other, and is loaded with every page. */
export const internalErrorWords = {
  title: 'Something went wrong on our side.',
  meaning: 'Nothing was changed that is not in the history.',
  next: 'Try again; if it stays, tell support the request ID.',
  status: 500,
} as const;
