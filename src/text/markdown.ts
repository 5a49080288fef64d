import { visible } from './visible.js';

/**
 * Makes any text harmless inside Markdown, tables included: it shows as it is written, links to nothing and mentions
 * nobody. GitHub looks for mentions after Markdown is read, where a backslash no longer helps: an empty comment parts them.
 */
export function markdownText(text: string, maxLength = 2000): string {
  return visible(text, maxLength)
    .replace(/[\\`*_{}[\]()#+!|<>~&@$^=]|:(?=\S)/g, (c) => {
      if (c === '<') return '&lt;';
      if (c === '>') return '&gt;';
      if (c === '&') return '&amp;';
      return c === '@' ? '@<!-- -->' : `\\${c}`;
    })
    .replace(/\bwww\./gi, (www) => `${www.slice(0, 3)}\\.`);
}
