/** True when a path could be a pattern: it holds "*", "?" or "{". */
export function isGlob(path: string): boolean {
  return /[*?{]/.test(path);
}

/** The folder above the first part of a pattern that is not literal; "." when there is none. */
export function globRoot(pattern: string): string {
  const parts = pattern.split('/');
  const literal = parts.slice(0, parts.findIndex(isGlob));
  if (literal.length === 0) return '.';
  return literal.join('/') === '' ? '/' : literal.join('/');
}

/**
 * A regular expression for whole paths: "*" within a name, "**" across folders, "?" one character, "{a,b}" either.
 * Braces do not nest; everything else stands for itself.
 */
export function globPattern(pattern: string): RegExp {
  let out = '';
  let braces = 0;
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern[i];
    if (c === '*' && pattern[i + 1] === '*') {
      const folder = pattern[i + 2] === '/';
      while (pattern[i + 1] === '*') i++;
      if (folder) i++;
      out += folder ? '(?:[^/]+/)*' : '.*';
    } else if (c === '*') out += '[^/]*';
    else if (c === '?') out += '[^/]';
    else if (c === '{' && pattern.includes('}', i)) {
      braces++;
      out += '(?:';
    } else if (c === '}' && braces > 0) {
      braces--;
      out += ')';
    } else if (c === ',' && braces > 0) out += '|';
    else out += c.replace(/[.+^$()|[\]\\{}]/g, '\\$&');
  }
  return new RegExp(`^${out}${')'.repeat(braces)}$`, 'u');
}
