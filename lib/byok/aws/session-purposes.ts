/** What the sessions of a customer's role are for: their names begin so and end with the tenant's ID, and a trust policy may ask for them. */
export const sessionPurposes = ['keyward', 'keyward-probe', 'keyward-test', 'keyward-alias', 'keyward-create'] as const;
export type SessionPurpose = (typeof sessionPurposes)[number];
