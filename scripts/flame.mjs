// A CPU profile (V8's .cpuprofile) as a flame graph: one SVG that needs nothing else to be looked at.
const [WIDTH, ROW, LEAST] = [1600, 17, 0.5];

/** Functions called from each other, with the seconds spent in each and below it. */
function treeOf({ nodes, samples, timeDeltas }) {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parentOf = new Map(nodes.flatMap((node) => (node.children ?? []).map((child) => [child, node.id])));
  const root = { name: 'all', seconds: 0, below: new Map() };
  samples.forEach((id, i) => {
    const stack = [];
    for (let at = id; at !== undefined; at = parentOf.get(at)) {
      const { functionName, url, lineNumber } = byId.get(at).callFrame;
      if (functionName === '(root)') continue;
      const file = url.split('/').slice(-2).join('/');
      stack.push(`${functionName || '(anonymous)'}${file === '' ? '' : ` ${file}:${lineNumber + 1}`}`);
    }
    // A thread that waits for work does none.
    if (/^\((?:idle|program)\)|^atomicsWait/.test(stack[0] ?? '')) return;
    const seconds = timeDeltas[i] / 1e6;
    let at = root;
    at.seconds += seconds;
    for (const name of stack.reverse()) {
      if (!at.below.has(name)) at.below.set(name, { name, seconds: 0, below: new Map() });
      at = at.below.get(name);
      at.seconds += seconds;
    }
  });
  return root;
}

const escaped = (text) =>
  text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]);

/** Warm colours, the same for a function wherever it stands. */
function colourOf(name) {
  let hash = 0;
  for (const c of name) hash = (Math.imul(hash, 31) + c.codePointAt(0)) | 0;
  return `hsl(${10 + (Math.abs(hash) % 45)} 80% ${62 + (Math.abs(hash >> 8) % 14)}%)`;
}

/** @param profile as V8 writes it @returns an SVG: the root on top, the widest first, every box with its seconds */
export function flameGraph(profile) {
  const root = treeOf(profile);
  const boxes = [];
  let deepest = 0;
  const draw = (node, x, depth) => {
    const width = (WIDTH * node.seconds) / Math.max(1e-9, root.seconds);
    if (width < LEAST) return;
    deepest = Math.max(deepest, depth);
    const share = ((100 * node.seconds) / root.seconds).toFixed(1);
    const label = width < 30 ? '' : escaped(node.name.slice(0, Math.floor(width / 6.5)));
    boxes.push(
      `<g><title>${escaped(node.name)}: ${node.seconds.toFixed(2)} s, ${share} %</title>` +
        `<rect x="${x.toFixed(1)}" y="${depth * ROW}" width="${width.toFixed(1)}" height="${ROW - 1}" fill="${colourOf(node.name)}"/>` +
        `<text x="${(x + 3).toFixed(1)}" y="${depth * ROW + 12}">${label}</text></g>`,
    );
    let at = x;
    for (const child of [...node.below.values()].sort((a, b) => b.seconds - a.seconds)) {
      draw(child, at, depth + 1);
      at += (WIDTH * child.seconds) / Math.max(1e-9, root.seconds);
    }
  };
  draw(root, 0, 0);
  const height = (deepest + 1) * ROW;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" ` +
    `font-family="monospace" font-size="11">\n${boxes.join('\n')}\n</svg>\n`
  );
}
