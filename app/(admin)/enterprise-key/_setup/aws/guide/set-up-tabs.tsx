'use client';

import { Tabs } from '@base-ui/react/tabs';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import type { ReactNode } from 'react';
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
    <Tabs.Root onValueChange={(next: ArtefactFormat) => void setFormat(next)} value={format}>
      <div className="mb-3 flex flex-wrap items-end justify-between gap-x-4 gap-y-2">
        <Tabs.List activateOnFocus aria-label="How to set AWS up" className="flex flex-wrap sm:gap-1">
          {artefactFormats.map((one) => (
            <Tabs.Tab
              className="rounded-t-control border-transparent border-b-2 px-1.5 py-1.5 sm:px-2.5 font-medium text-ink-2 hover:bg-hover hover:text-ink data-active:border-act data-active:text-ink"
              key={one}
              value={one}
            >
              {artefactFormatNames[one]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {actions}
      </div>
      {artefactFormats.map((one) => (
        <Tabs.Panel key={one} tabIndex={-1} value={one}>
          {panels[one]}
        </Tabs.Panel>
      ))}
    </Tabs.Root>
  );
}
