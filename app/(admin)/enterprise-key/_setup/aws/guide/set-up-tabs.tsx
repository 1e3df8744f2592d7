'use client';

import { parseAsStringLiteral, useQueryState } from 'nuqs';
import type { ReactNode } from 'react';
import { Tabs } from '#components/ui/tabs.tsx';
import { artefactFileName } from '#lib/byok/aws/setup-artefacts/artefact-values.ts';
import {
  type ArtefactFormat,
  artefactFormatNames,
  artefactFormats,
} from '#lib/byok/aws/setup-artefacts/setup-artefacts.ts';
import type { SetUp } from '../../../_shared/aws/set-up.ts';
import { type ArtefactSource, artefactOf } from './set-up-values.ts';

/** Which way is chosen; what else is on the page may follow it. */
export function useSetUpFormat() {
  return useQueryState('format', parseAsStringLiteral(artefactFormats).withDefault('json'));
}

/** By hand each step shows its policy; a file is named as it is saved, where there is one. */
export function useArtefactFormat(view: ArtefactSource, setUp: SetUp) {
  const [format] = useSetUpFormat();
  const values = artefactOf(view, setUp);
  const nameFile = (ending: string) => (values ? artefactFileName(values, ending) : undefined);
  return { format, byHand: format === 'json' || !values, nameFile };
}

type TabsProps = { panels: Record<ArtefactFormat, ReactNode>; actions: ReactNode };

/** One way to set AWS up at a time, as tabs: arrow keys move between them, and the choice is kept in the address. */
export function SetUpTabs({ panels, actions }: TabsProps) {
  const [format, setFormat] = useSetUpFormat();
  return (
    <Tabs
      actions={actions}
      chosen={format}
      label="How to set AWS up"
      onChoose={(next) => void setFormat(next)}
      tabs={artefactFormats.map((value) => ({ value, label: artefactFormatNames[value] }))}
    >
      {panels[format]}
    </Tabs>
  );
}
