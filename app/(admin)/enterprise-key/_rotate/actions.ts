'use server';

import { currentCaller } from '#lib/auth/current-caller.ts';
import { prepareRotation } from '#lib/operations/rotation/prepare-rotation.ts';
import { rotateKey } from '#lib/operations/rotation/rotate-key.ts';
import { shownAnew } from '../_shared/shown-anew.ts';
import type { PrepareInput, RotateInput } from './rotation-input.ts';

export async function prepareAction(input: PrepareInput) {
  return shownAnew(await prepareRotation(await currentCaller(), input));
}

export async function rotateAction(input: RotateInput) {
  return shownAnew(await rotateKey(await currentCaller(), input));
}
