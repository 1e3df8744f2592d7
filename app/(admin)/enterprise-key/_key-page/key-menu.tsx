'use client';

import { Ellipsis } from 'lucide-react';
import { useRef } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Menu, MenuItem, MenuLine, MenuLink } from '#components/ui/menu.tsx';
import { useGoTo } from '../../../_shell/use-go-to.ts';
import { whyNotMine } from '../_shared/change.ts';
import { useKey } from './live-key.tsx';
import { type Act, useAsk } from './use-ask.ts';
import { useValidation } from './use-validation.tsx';

/** What is not done every day to a key. What cannot be done now stays, with its reason. */
export function KeyMenu() {
  const { view, role } = useKey();
  const { goTo } = useGoTo();
  const { ask, whyNot } = useAsk();
  const validation = useValidation();
  const trigger = useRef<HTMLButtonElement>(null);
  const page = `/enterprise-key/${view.id}`;
  const ended = view.state === 'reverted';
  const { edit, 'make-irreversible': commit } = view.commands;

  function validate(): void {
    void validation.run();
    goTo(`${page}/validation`);
  }

  const item = (act: Act, label: string) => (
    <MenuItem danger={act !== 'edit'} disabledReason={whyNot[act]} onClick={() => ask(act, trigger.current)}>
      {label}
    </MenuItem>
  );
  return (
    <Menu
      trigger={
        <Button aria-label="More actions" ref={trigger} size="square">
          <Ellipsis aria-hidden="true" className="size-4.5" />
        </Button>
      }
    >
      <MenuItem disabledReason={validation.whyNot} onClick={validate}>
        Validate
      </MenuItem>
      {ended ? null : (
        <MenuItem
          disabledReason={whyNotMine(role) ?? (edit.allowed ? null : edit.reason)}
          onClick={() => goTo(`${page}/setup/provider`)}
        >
          Edit
        </MenuItem>
      )}
      {item('edit', 'Edit Details')}
      <MenuLink href={`${page}/settings#hand-over`}>Hand-over</MenuLink>
      <MenuLine />
      {ended ? null : (
        <MenuItem
          disabledReason={whyNotMine(role) ?? (commit.allowed ? null : commit.reason)}
          onClick={() => goTo(`${page}/settings#commitment`)}
        >
          Make This Key Irreversible
        </MenuItem>
      )}
      {ended ? null : item('revert', 'Revert to None')}
      {item('delete', 'Delete Key')}
    </Menu>
  );
}
