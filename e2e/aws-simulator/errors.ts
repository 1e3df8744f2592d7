/**
 * An answer that AWS would give as an error: `code` is AWS's own name for it, without `Exception` added or taken away.
 * Anything else thrown inside the simulator is a bug of the simulator and is answered with status 500.
 */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.name = 'AwsError';
    this.code = code;
    this.status = status;
  }
}

/** What the simulator does not know is refused by name, so that nobody takes silence for agreement. */
export function unsupported(what: string): AwsError {
  return new AwsError('SimulatorUnsupported', `The AWS simulator does not support ${what}.`);
}
