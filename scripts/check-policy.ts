/** `npm run check-policy`: what it takes and answers is said where it is. The policies that it knows are those of AWS. */
import './check-policy/aws/check-policy.ts';
