import { Panel, PanelHeader } from '#components/ui/panel.tsx';
import { countOf } from '#lib/byok/format.ts';
import { serviceName } from '#lib/byok/providers.ts';
import type { SetupView } from '#lib/byok/setup-views.ts';
import { describeInstant } from './schedule/instant-words.ts';

/** What Proceed brings about: from when, for what, what cannot be undone, and how one gets the key back in hand. */
export function Consequences({ setup }: { setup: SetupView }) {
  return (
    <Panel aria-labelledby="consequences">
      <PanelHeader id="consequences" level={3} title="What happens when you proceed" />
      <ul className="list-disc space-y-1.5 pl-5">
        <li>
          <strong className="font-medium">{when(setup)}</strong> the configuration is tested once more. If that fails,
          everything stays under the platform key, the Enterprise Key page says why, and it is tried again.
        </li>
        <li>
          Then new data of {countOf(setup.selection.selected, 'app or bot', 'apps and bots')} is encrypted under your
          key from the next write on, and what is stored already is re-encrypted. The page of the key shows how far that
          has come.
        </li>
        <li>
          From then on you can no longer edit the key, how Keyward connects to it, the date or the selection. Until then
          you can still edit and test again.
        </li>
        <li>
          If you disable the key in {serviceName(setup.configuration.provider)}, or take away our permission, nobody at
          the vendor can read that data, and neither can your apps. Enable it again and everything reads. If you delete
          the key, the data is lost for good.
        </li>
        <li>
          Backups from before the move can still be opened with the platform key until they expire. The page of the key
          says until when.
        </li>
      </ul>
    </Panel>
  );
}

function when({ configuration: { enforcementChoice, enforcementAt, timeZone } }: SetupView): string {
  if (enforcementChoice === 'at' && enforcementAt) return `On ${describeInstant(enforcementAt, timeZone)}`;
  return enforcementChoice === 'now' ? 'At once' : 'On the enforcement date';
}
