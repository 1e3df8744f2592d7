'use client';

import { useState } from 'react';
import { TextField } from '#components/form/text-field.tsx';
import { TextareaField } from '#components/form/textarea-field.tsx';
import { ConfirmDialog } from '#components/ui/dialog.tsx';
import type { KeyPageView } from '#lib/byok/key-views.ts';
import { anyService } from '#lib/byok/providers.ts';
import { tagsText } from '#lib/byok/tags-text.ts';
import { useCommand } from '../../../_shared/command/use-command.ts';
import { WhatHelps } from '../../../_shared/refusal/action-error-notice.tsx';
import { actionErrorWords } from '../../../_shared/refusal/action-error-words.ts';
import type { AskedSheet } from '../_shared/asked-sheet.ts';
import { LabelsField } from '../_shared/labels-field.tsx';
import { renameKeyAction } from './actions.ts';

type Renamed = Pick<KeyPageView, 'id' | 'alias' | 'description' | 'revision' | 'details'>;

/** Alias, description and tags, in every state. What the server says about a field stands beside it. */
export function RenameSheet({ view, open, onOpenChange, returnFocusTo, onDone, onReload }: AskedSheet<Renamed>) {
  const [alias, setAlias] = useState(view.alias);
  const [description, setDescription] = useState(view.description);
  const [tags, setTags] = useState(tagsText(view.details.tags));
  const command = useCommand(renameKeyAction);
  const { actionError } = command;
  const fields = actionError && actionError !== 'no-answer' ? actionError.fields : undefined;
  const beside = fields !== undefined && [fields.alias, fields.description, fields.tags].some(Boolean);

  async function save(): Promise<void> {
    const done = await command.run({ keyId: view.id, revision: view.revision, values: { alias, description, tags } });
    if (!done.ok) return;
    onOpenChange(false);
    onDone();
  }

  return (
    <ConfirmDialog
      confirmLabel="Save"
      error={actionError && !beside ? actionErrorWords(actionError) : null}
      errorHelp={
        <WhatHelps
          reload={() => {
            onOpenChange(false);
            onReload();
          }}
          actionError={actionError}
        />
      }
      onConfirm={() => void save()}
      onOpenChange={onOpenChange}
      open={open}
      pending={command.pending}
      returnFocusTo={returnFocusTo}
      title="Edit alias, description and tags"
    >
      <p>Labels only. Tests stay valid, and nothing changes in {anyService}.</p>
      <div className="grid gap-3 text-ink">
        <TextField
          autoComplete="off"
          error={fields?.alias}
          id="rename-alias"
          label="Alias"
          onChange={(event) => setAlias(event.currentTarget.value)}
          value={alias}
        />
        <TextareaField
          error={fields?.description}
          id="rename-description"
          label="Description"
          onChange={(event) => setDescription(event.currentTarget.value)}
          optional
          value={description}
        />
        <LabelsField
          error={fields?.tags}
          id="rename-tags"
          onChange={(event) => setTags(event.currentTarget.value)}
          value={tags}
        />
      </div>
    </ConfirmDialog>
  );
}
