/** The platform key is the vendor's, and so is the identity that reaches it: a denial is nobody else's fault. */
import type { Denials } from '../key-service.ts';

export const platformDenials: Denials<null> = { areOurs: async () => true };
