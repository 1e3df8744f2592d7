/**
 * Why a connection could not be made, as one sentence for whoever starts a process; undefined for what this does not know.
 * Nothing of the URL is told.
 * @param variable the environment variable that the connection comes from
 */
export function explainConnection(error: unknown, variable: string): string | undefined {
  for (let current = error, depth = 0; current instanceof Error && depth < 5; current = current.cause, depth++) {
    const sentence = sentenceOf(current, variable);
    if (sentence) return sentence;
    // Of several addresses of one name, the first tells.
    if (current instanceof AggregateError && current.errors[0] instanceof Error)
      return sentenceOf(current.errors[0], variable);
  }
  return undefined;
}

function sentenceOf(error: Error, variable: string): string | undefined {
  const code = 'code' in error ? String(error.code) : '';
  const known = bySqlState[code] ?? bySystemCode[code];
  if (known) return known(variable);
  // https://nodejs.org/docs/latest/api/tls.html#x509-certificate-error-codes
  if (/^(CERT_|UNABLE_TO_|ERR_TLS_|DEPTH_ZERO_|SELF_SIGNED_|CRL_|HOSTNAME_MISMATCH|INVALID_CA)/.test(code))
    return `The database's certificate was not accepted (${code}). Set sslrootcert in ${variable} to its certificate authority, and use the host name in the certificate.`;
  if (/does not support SSL connections/.test(error.message))
    return `The database that ${variable} names does not speak TLS, which ${variable} asks for.`;
  if (/timeout|Connection terminated/i.test(error.message))
    return `The database that ${variable} names accepts connections but does not answer.`;
  return undefined;
}

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
const bySqlState: Record<string, (variable: string) => string> = {
  '28P01': refusedUser,
  '28000': refusedUser,
  '3D000': (variable) => `The database that ${variable} names does not exist. Create it first.`,
  '42501': (variable) => `The user in ${variable} may not connect to this database. Grant it CONNECT.`,
  '53300': (variable) =>
    `The database has no connection left for the user in ${variable}: raise max_connections, or close other connections.`,
  '57P03': (variable) => `The database that ${variable} names is starting or stopping: try again in a moment.`,
};

function refusedUser(variable: string): string {
  return `The database refuses the user or the password in ${variable}.`;
}

const bySystemCode: Record<string, (variable: string) => string> = {
  ECONNREFUSED: (variable) => `The database does not answer: nothing listens at the address in ${variable}.`,
  ENOENT: (variable) => `There is no database socket (or certificate file) where ${variable} names one.`,
  ENOTFOUND: (variable) => `The host name in ${variable} is not known.`,
  EAI_AGAIN: (variable) => `The host name in ${variable} could not be resolved: the name server does not answer.`,
  EHOSTUNREACH: (variable) => `The host in ${variable} cannot be reached from here.`,
  ENETUNREACH: (variable) => `The host in ${variable} cannot be reached from here.`,
  ETIMEDOUT: (variable) => `The host in ${variable} does not answer.`,
  ECONNRESET: (variable) => `The connection to the database that ${variable} names was closed while connecting.`,
};
