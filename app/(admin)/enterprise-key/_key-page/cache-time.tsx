'use client';

import { useEffect, useRef, useState } from 'react';
import { useForm } from 'react-hook-form';
import { TextField } from '#components/form/text-field.tsx';
import { Button } from '#components/ui/button.tsx';
import { ErrorNotice } from '#components/ui/error-notice.tsx';
import { Panel, PanelHeader } from '#components/ui/panel.tsx';
import type { Role } from '#lib/byok/account-views.ts';
import type { KeyPageView } from '#lib/byok/key-views.ts';
import { anyService } from '#lib/byok/providers.ts';
import { useAct } from '../../../_shared/command/use-act.ts';
import { HelpTerm } from '../../../_shared/help/help-term.tsx';
import {
  cacheTimeSentence,
  checkMinutes,
  leasesSentence,
  toMinutes,
  toSeconds,
} from '../../../_shared/key/cache-time-words.ts';
import { whyNotId, whyNotMine } from '../_shared/change.ts';
import { setCacheTimeAction } from './actions.ts';

type CacheTimeProps = { tenant: KeyPageView['tenant']; role: Role; onChanged: () => void };

/** How long a copy of a data key may serve after the key has been taken away, and the way to change that. */
export function CacheTime({ tenant, role, onChanged }: CacheTimeProps) {
  const [editing, setEditing] = useState(false);
  const [saved, setSaved] = useState(false);
  const change = useRef<HTMLButtonElement>(null);
  const closed = useRef(false);

  // The form that had the focus is gone, and the button that opened it is there again.
  useEffect(() => {
    if (!editing && closed.current) change.current?.focus();
    closed.current = false;
  }, [editing]);

  function close(done: boolean) {
    closed.current = true;
    setSaved(done);
    setEditing(false);
    if (done) onChanged();
  }

  return (
    <Panel aria-labelledby="cache-time">
      <PanelHeader
        actions={
          editing ? null : (
            <Button
              aria-label="Change data key cache time"
              disabledBy={whyNotMine(role) ? whyNotId : null}
              onClick={() => {
                setSaved(false);
                setEditing(true);
              }}
              ref={change}
              size="small"
            >
              Change
            </Button>
          )
        }
        help={<HelpTerm term="data key cache time" />}
        id="cache-time"
        title="Data key cache time"
      />
      <p className="max-w-[75ch] text-ink-2">
        {cacheTimeSentence(tenant.cacheTtlSeconds)} It applies to every enterprise key of {tenant.name}.{' '}
        {leasesSentence(tenant)}
      </p>
      <p className="mt-1 text-ok" role="status">
        {saved ? 'Changed. It applies at once, including to cached data keys.' : null}
      </p>
      {editing ? <CacheTimeForm onClose={close} seconds={tenant.cacheTtlSeconds} /> : null}
    </Panel>
  );
}

function CacheTimeForm({ seconds, onClose }: { seconds: number; onClose: (done: boolean) => void }) {
  const act = useAct(setCacheTimeAction);
  const form = useForm<{ minutes: string }>({ mode: 'onTouched', defaultValues: { minutes: toMinutes(seconds) } });

  const submit = form.handleSubmit(async ({ minutes }) => {
    if (await act.run(toSeconds(minutes))) onClose(true);
  });

  return (
    <form aria-labelledby="cache-time" className="mt-3 space-y-3" noValidate onSubmit={submit}>
      <TextField
        {...form.register('minutes', { validate: (minutes) => checkMinutes(minutes) ?? true })}
        autoComplete="off"
        autoFocus
        className="max-w-72"
        error={form.formState.errors.minutes?.message}
        hint={`0 to 60. 0 asks ${anyService} for each read.`}
        id="cache-minutes"
        inputMode="decimal"
        label="Minutes"
      />
      {act.error ? <ErrorNotice error={act.error} /> : null}
      <div className="flex flex-wrap gap-2.5">
        <Button pending={act.pending} type="submit" variant="primary">
          Save
        </Button>
        <Button onClick={() => onClose(false)}>Cancel</Button>
      </div>
    </form>
  );
}
