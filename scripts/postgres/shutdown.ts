/** Asks for PostgreSQL's fast shutdown, then for the immediate one: the next start recovers from its log. */
export const shutdown = {
  signals: [
    ['SIGINT', 900],
    ['SIGQUIT', 400],
    ['SIGKILL', 300],
  ],
} as const;
