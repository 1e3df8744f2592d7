'use client';

import { useState } from 'react';
import { TextField } from '#components/form/text-field.tsx';
import { TextareaField } from '#components/form/textarea-field.tsx';
import { Button } from '#components/ui/button.tsx';
import { ConfirmDialog } from '#components/ui/dialog.tsx';
import type { KeyPageView } from '#lib/byok/key-views.ts';
import { tagsText } from '#lib/byok/labels.ts';
import { anyService } from '#lib/byok/providers.ts';
import { useCommand } from '../../../_shared/command/use-command.ts';
import { WhatHelps } from '../../../_shared/refusal/action-error-notice.tsx';
import { actionErrorWords } from '../../../_shared/refusal/action-error-words.ts';
import { LabelsField } from '../_shared/labels-field.tsx';
import { renameKeyAction } from './actions.ts';

type RenameProps = {
  view: Pick<KeyPageView, 'id' | 'alias' | 'description' | 'revision' | 'details'>;
  notMine: string | null;
  onDone: () => void;
};

/** Alias, description and tags, in every state. What the server says about a field stands beside it. */
export function RenameKey({ view, notMine, onDone }: RenameProps) {
  const [open, setOpen] = useState(false);
  // As it was when the dialog was opened: another person's change meanwhile is noticed.
  const [asked, setAsked] = useState(view);
  const [alias, setAlias] = useState(view.alias);
  const [description, setDescription] = useState(view.description);
  const [tags, setTags] = useState(tagsText(view.details.tags));
  const command = useCommand(renameKeyAction);
  const { actionError } = command;
  const fields = actionError && actionError !== 'no-answer' ? actionError.fields : undefined;
  const beside = fields !== undefined && [fields.alias, fields.description, fields.tags].some(Boolean);

  function change(next: boolean): void {
    command.clear();
    setAsked(view);
    setAlias(view.alias);
    setDescription(view.description);
    setTags(tagsText(view.details.tags));
    setOpen(next);
  }

  async function save(): Promise<void> {
    const done = await command.run({ keyId: asked.id, revision: asked.revision, values: { alias, description, tags } });
    if (!done.ok) return;
    setOpen(false);
    onDone();
  }

  return (
    <ConfirmDialog
      confirmLabel="Save"
      error={actionError && !beside ? actionErrorWords(actionError) : null}
      errorHelp={
        <WhatHelps
          reload={() => {
            setOpen(false);
            onDone();
          }}
          actionError={actionError}
        />
      }
      onConfirm={() => void save()}
      onOpenChange={change}
      open={open}
      pending={command.pending}
      title="Edit alias, description and tags"
      trigger={<Button disabledReason={notMine}>Edit Details</Button>}
    >
      <p>These are only words: no test is voided by them, and nothing changes in {anyService}.</p>
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
