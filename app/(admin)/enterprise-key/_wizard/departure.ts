/**
 * The address that a click would lead to within this window, or null for a click that leads nowhere else: no link, a
 * place on the same page, a new tab, a download, or another site (which the browser itself asks about).
 */
export function isDeparture(event: MouseEvent): string | null {
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
export function onTraversal(held: (again: () => void) => boolean): () => void {
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
