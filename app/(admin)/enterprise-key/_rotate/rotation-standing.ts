import type { Role } from '#lib/byok/account-views.ts';
import type { KeyPageView } from '#lib/byok/key-views.ts';
import type { AuthModeId, ProviderId } from '#lib/byok/providers.ts';
import type { ReportView } from '#lib/byok/setup-views.ts';
import { whyNotMine } from '../_shared/change.ts';

export type RotateTo = { provider: ProviderId; authMode: AuthModeId };

/** Who may, and what was tested of what is prepared. */
export type RotationGate = { notMine: string | null; locked: string | null; report: ReportView | null };

export function gateOf(view: KeyPageView, to: RotateTo, role: Role): RotationGate {
  const { rotate } = view.commands;
  const notMine = whyNotMine(role);
  return {
    notMine,
    locked: notMine ?? (rotate.allowed ? null : rotate.reason),
    report: preparedFor(view, to)?.report ?? null,
  };
}

/** What is prepared, where it is of this kind. */
export function preparedFor({ rotation }: KeyPageView, to: RotateTo): KeyPageView['rotation'] {
  return isOf(rotation, to) ? rotation : null;
}

/** What is active, where it is of this kind. */
export function standingFor({ standing }: KeyPageView, to: RotateTo): KeyPageView['standing'] {
  return isOf(standing, to) ? standing : null;
}

function isOf(one: RotateTo | null, { provider, authMode }: RotateTo): boolean {
  return one?.provider === provider && one.authMode === authMode;
}
