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
          <strong className="font-medium">{when(setup)}</strong> Keyward tests the configuration again. If the test
          fails, everything stays on the platform key. Keyward then tries again, and the key’s page says why.
        </li>
        <li>
          From the next write, new data of {countOf(setup.selection.selected, 'app or bot', 'apps and bots')} is
          encrypted with your key. Stored data is re-encrypted. The key’s page shows the progress.
        </li>
        <li>
          You can then no longer edit the key, its connection, the date or the selection. Until then, you can still edit
          and test.
        </li>
        <li>
          If you disable the key in {serviceName(setup.configuration.provider)} or remove Keyward’s permission, the
          vendor and your apps can’t read that data. When you enable it again, the data is readable again. If you delete
          the key, the data is lost for good.
        </li>
        <li>
          The platform key can still decrypt backups from before the move until they expire. The key’s page says until
          when.
        </li>
      </ul>
    </Panel>
  );
}

function when({ configuration: { enforcementChoice, enforcementAt, timeZone } }: SetupView): string {
  if (enforcementChoice === 'at' && enforcementAt) return `On ${describeInstant(enforcementAt, timeZone)}`;
  return enforcementChoice === 'now' ? 'At once' : 'On the enforcement date';
}
