import { Button } from './button.tsx';
import { ErrorNotice, type ErrorNoticeWords } from './error-notice.tsx';

/** A part of a page that is loaded when it is asked for did not come. Nothing was done by asking for it. */
export const notLoaded: ErrorNoticeWords = {
  title: 'Keyward could not load this part of the page.',
  meaning: 'Nothing was changed.',
  next: 'Check your connection and try again. If it stays, reload the page.',
};

/** In place of a part that a page shows from its beginning: `dynamic(() => import('./part.tsx').then(…).catch(() => NotLoaded))`. */
export function NotLoaded() {
  return <ErrorNotice error={notLoaded} />;
}

/** In place of a part that was asked for. `again` asks for it once more. */
export function LoadAgain({ again }: { again: () => void }) {
  return (
    <ErrorNotice error={notLoaded}>
      <Button className="mt-2" onClick={again} size="small">
        Try again
      </Button>
    </ErrorNotice>
  );
}
