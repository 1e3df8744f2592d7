import { ErrorNotice, type ErrorNoticeWords } from './error-notice.tsx';

/** A part of a page that is loaded when it is asked for did not come. Nothing was done by asking for it. */
export const notLoaded: ErrorNoticeWords = {
  title: 'Keyward could not load this part of the page.',
  meaning: 'Nothing was changed.',
  next: 'Check your connection and try again. If it stays, reload the page.',
};

/** In place of a part whose code did not come: `dynamic(() => import('./part.tsx').then(…).catch(() => NotLoaded))`. */
export function NotLoaded() {
  return <ErrorNotice error={notLoaded} />;
}
