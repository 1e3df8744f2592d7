import { besideOurs } from './variants/beside-ours.ts';
import { conditionVariants } from './variants/conditions.ts';
import { principalVariants } from './variants/principals.ts';
import { statementsOfOthers } from './variants/statements-of-others.ts';
import { textVariants } from './variants/texts.ts';

/** For tests: at least two more of each kind that `policy-cases.json` has. */
export const variants = [
  ...statementsOfOthers,
  ...principalVariants,
  ...conditionVariants,
  ...textVariants,
  ...besideOurs,
];
