'use client';

import { kitFileName } from '#lib/byok/aws/setup-artefacts/kit-values.ts';
import type { SetUp } from '../../../_shared/aws/set-up.ts';
import { useSetUpFormat } from './set-up-tabs.tsx';
import { type KitSource, kitOf } from './set-up-values.ts';

/** In which way AWS is set up. Where that is by hand each step shows its policy; a file is named after the kit, where there is one. */
export function useKit(view: KitSource, setUp: SetUp) {
  const [format] = useSetUpFormat();
  const values = kitOf(view, setUp);
  return {
    format,
    byHand: format === 'json' || !values,
    nameFile: (ending: string) => (values ? kitFileName(values, ending) : undefined),
  };
}
