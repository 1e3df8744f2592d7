import 'server-only';
import { randomBytes } from 'node:crypto';

/**
 * What we present when we assume a tenant's role: unique per customer, made by the vendor, unguessable. 192 random bits
 * of characters that AWS allows in an external ID (letters, digits and `-`, `_`; 2 to 1,224 of them):
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html
 */
export function newExternalId(): string {
  return `kw_${randomBytes(24).toString('base64url')}`;
}
