type Watch = {
  /** Whether anything is held back at all just now. */
  held: () => boolean;
  /** Whether leaving asks first; else it only goes another way. */
  asks: boolean;
  onLink: (href: string) => void;
  /** Back or Forward was pressed; `again` does what was asked. */
  onTraverse: (again: () => void) => void;
};

/**
 * Holds back the ways in which one leaves a page: links of the console, the browser's Back and Forward, and closing or
 * reloading, where the browser asks in its own words. Returns how to stop.
 */
export function watchDepartures({ held, asks, onLink, onTraverse }: Watch): () => void {
  const onClick = (event: MouseEvent) => {
    const href = held() ? departureOf(event) : null;
    if (href === null) return;
    event.preventDefault();
    event.stopPropagation();
    onLink(href);
  };
  const onUnload = (event: BeforeUnloadEvent) => {
    if (asks && held()) event.preventDefault();
  };
  const stopTraversals = onTraversal((again) => {
    if (!asks || !held()) return false;
    onTraverse(again);
    return true;
  });
  // In the window's capturing phase: before the router hears of the click.
  window.addEventListener('click', onClick, true);
  window.addEventListener('beforeunload', onUnload);
  return () => {
    window.removeEventListener('click', onClick, true);
    window.removeEventListener('beforeunload', onUnload);
    stopTraversals();
  };
}

/**
 * The address that a click would lead to within this window, or null for a click that leads nowhere else: no link, a
 * place on the same page, a new tab, a download, or another site (which the browser itself asks about).
 */
function departureOf(event: MouseEvent): string | null {
  if (
    event.defaultPrevented ||
    event.button !== 0 ||
    event.metaKey ||
    event.ctrlKey ||
    event.shiftKey ||
    event.altKey
  ) {
    return null;
  }
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[href]') : null;
  if (!link || link.hasAttribute('download') || (link.target !== '' && link.target !== '_self')) return null;
  const to = new URL(link.href, window.location.href);
  if (to.origin !== window.location.origin) return null;
  if (to.pathname === window.location.pathname && to.search === window.location.search) return null;
  return `${to.pathname}${to.search}${to.hash}`;
}

/** The part of the Navigation API that is used here (https://html.spec.whatwg.org/multipage/nav-history-apis.html). */
type Navigation = EventTarget & { traverseTo: (key: string) => unknown };
type NavigateEvent = Event & { navigationType: string; destination: { key: string } };

/**
 * Calls `held` when somebody presses the browser's Back or Forward; when it answers true, the page stays, and `again`
 * does later what was asked. Where a browser does not let itself be held, nothing is called. Returns how to stop.
 */
function onTraversal(held: (again: () => void) => boolean): () => void {
  const navigation = (window as { navigation?: Navigation }).navigation;
  if (!navigation) return () => {};
  const watch = (event: Event) => {
    if (!isTraversal(event) || !event.cancelable) return;
    const { key } = event.destination;
    if (held(() => navigation.traverseTo(key))) event.preventDefault();
  };
  navigation.addEventListener('navigate', watch);
  return () => navigation.removeEventListener('navigate', watch);
}

function isTraversal(event: Event): event is NavigateEvent {
  return 'navigationType' in event && event.navigationType === 'traverse';
}
