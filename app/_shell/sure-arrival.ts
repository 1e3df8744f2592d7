/** Whoever has not left after so long is taken on by the browser. */
const lostAfterMs = 3_000;
const lookEveryMs = 50;

let watch: ReturnType<typeof setInterval> | undefined;

/**
 * Sees that a navigation which was asked for leads somewhere. It ends with whatever other page is reached first: somebody who comes back
 * at once, by link or by the browser's own button, wants to be where they are.
 */
export function makeSureOf(href: string, goBrowser = (to: string) => window.location.assign(to)): void {
  const from = here();
  const until = performance.now() + lostAfterMs;
  clearInterval(watch);
  if (isHere(href)) return;
  watch = setInterval(() => {
    const isLost = performance.now() >= until;
    if (here() === from && !isLost) return;
    clearInterval(watch);
    if (here() === from) goBrowser(href);
  }, lookEveryMs);
}

function here(): string {
  return `${window.location.pathname}${window.location.search}`;
}

function isHere(href: string): boolean {
  const to = new URL(href, window.location.href);
  return `${to.pathname}${to.search}` === here();
}
