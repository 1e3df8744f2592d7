/** Time limits, in milliseconds. */
export type CallLimits = {
  /** Until the connection stands. */
  connectTimeoutMs: number;
  /** Until one attempt is answered. */
  requestTimeoutMs: number;
  /** For one call of ours in all: every attempt, the pauses between them, and assuming the role if need be. */
  totalTimeoutMs: number;
};

export const defaultLimits: CallLimits = { connectTimeoutMs: 1_000, requestTimeoutMs: 3_000, totalTimeoutMs: 5_000 };
