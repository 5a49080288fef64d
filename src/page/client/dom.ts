import { plain } from '../html.js';

type Child = Node | string | number | null;
type Attributes = Readonly<Record<string, string | number | boolean | ((event: Event) => void)>>;

/** An element with attributes, listeners (functions) and children. Text stays text: no mark-up is ever parsed. */
export function el<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(key, value);
    else if (value === true) element.setAttribute(key, '');
    else if (value !== false) element.setAttribute(key, String(value));
  }
  for (const child of children)
    if (child !== null) element.append(child instanceof Node ? child : plain(String(child)));
  return element;
}

/** An SVG element. */
export function svg(name: string, attributes: Readonly<Record<string, string | number>>, text = ''): SVGElement {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  if (text !== '') element.textContent = text;
  return element;
}

/** A name in its own direction. */
export function bdi(text: string): HTMLElement {
  return el('bdi', {}, text);
}

export function button(label: string, action: () => void, attributes: Attributes = {}): HTMLButtonElement {
  return el('button', { type: 'button', click: action, ...attributes }, label);
}

/** A colour of the page's style, as the theme has it now. */
export function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

/** Gives the page the colours of paper while it is printed; before anything else that listens for printing. */
export function watchPrinting(): void {
  addEventListener('beforeprint', () => document.documentElement.classList.add('on-paper'));
  addEventListener('afterprint', () => document.documentElement.classList.remove('on-paper'));
}

/** True while the page is being printed: what is not drawn at once is not on the paper. */
export function onPaper(): boolean {
  return document.documentElement.classList.contains('on-paper');
}

/** Calls back when the theme or the width of an element changes, and before and after printing. */
export function onChange(element: Element, redraw: () => void): void {
  addEventListener('beforeprint', redraw);
  addEventListener('afterprint', redraw);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);
  new ResizeObserver(redraw).observe(element);
}
