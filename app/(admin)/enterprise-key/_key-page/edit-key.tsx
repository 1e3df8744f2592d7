'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import type { Role } from '#lib/byok/account-views.ts';
import type { KeyPageView } from '#lib/byok/key-views.ts';
import { useGoTo } from '../../../_shell/use-go-to.ts';
import { whyNotMine } from '../_shared/change.ts';
import { DeleteKey } from './delete-key.tsx';
import { RenameKey } from './rename-key.tsx';

/** What can be done to an enterprise key in every state: its words change, and it goes once nothing hangs on it. */
export function EditKey({ view, role }: { view: KeyPageView; role: Role }) {
  const router = useRouter();
  const { goTo } = useGoTo();
  const queries = useQueryClient();

  function lookAgain(): void {
    void queries.invalidateQueries({ queryKey: ['enterprise-key', view.id] });
    router.refresh();
  }

  const notMine = whyNotMine(role);
  return (
    <>
      <RenameKey notMine={notMine} onDone={lookAgain} view={view} />
      <div className="max-w-80">
        <DeleteKey notMine={notMine} onDone={() => goTo('/enterprise-key')} onReload={lookAgain} view={view} />
      </div>
    </>
  );
}
