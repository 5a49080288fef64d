/**
 * Permalinks: #byline=… and #pair=… are ids of the page, so they work without a script; this opens what is folded and
 * builds what is not on the page yet.
 */
export function followLinks(build: (link: string) => Element | null): void {
  const follow = (): void => {
    const link = location.hash.slice(1);
    if (link === '') return;
    const target = blockOf(document.getElementById(link)) ?? build(link) ?? document.getElementById(link);
    if (target === null) return;
    for (let at: Element | null = target; at !== null; at = at.parentElement)
      if (at instanceof HTMLDetailsElement) at.open = true;
    target.scrollIntoView();
    if (target instanceof HTMLElement && (link.startsWith('byline=') || link.startsWith('pair='))) {
      target.tabIndex = -1;
      target.focus({ preventScroll: true });
    }
  };
  addEventListener('hashchange', follow);
  // A second click on a link to where the page already is changes no hash.
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[href^="#"]') : null;
    if (link !== null && link.getAttribute('href') === location.hash) follow();
  });
  follow();
}

/** A block that shows something in full; a row of the table of bylines is only its place without a script. */
function blockOf(element: Element | null): Element | null {
  return element instanceof HTMLAnchorElement ? null : element;
}
