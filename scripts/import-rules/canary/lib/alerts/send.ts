import { test } from 'vitest'; // no-development-packages-in-the-product
import { simulator } from '../../e2e/simulator.ts'; // no-simulator-in-the-product
import { fixture } from './testing/fixture.ts'; // nobody-imports-tests
export const send = [fixture, simulator, test];
