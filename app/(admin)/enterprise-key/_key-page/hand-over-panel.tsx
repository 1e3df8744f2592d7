import { Panel, PanelHeader } from '#components/ui/panel.tsx';
import { HandOverLink } from '../_shared/hand-over-link.tsx';

/** For whoever has no account here. */
export function HandOverPanel({ keyId }: { keyId: string }) {
  return (
    <Panel aria-labelledby="hand-over">
      <PanelHeader
        description="One file for your records, or for whoever has no account here: what was agreed, every policy, what was verified and tested, and what remains for whom. No secret is in it."
        id="hand-over"
        title="Hand-over"
      />
      <p>
        <HandOverLink keyId={keyId} />
      </p>
    </Panel>
  );
}
