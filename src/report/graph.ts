import { xml } from '../text/xml.js';
import type { Report } from '../types/types.js';

/** Bylines as nodes and pairs that speak for one hand as edges, for graph programs. */
interface Graph {
  readonly nodes: readonly {
    readonly id: string;
    readonly label: string;
    readonly values: Readonly<Record<NodeField, string | number>>;
  }[];
  readonly edges: readonly {
    readonly a: string;
    readonly b: string;
    readonly log10LR: number;
    readonly verdict: string;
  }[];
}

type NodeField = keyof typeof NODE_FIELDS;
const NODE_FIELDS = { articles: 'int', words: 'int', hands: 'string', handsLog10LR: 'double', group: 'int' } as const;

function graphOf(report: Report): Graph {
  const ids = new Map(report.bylines.map((b, i) => [b.byline, `n${i}`]));
  const groupOf = new Map(report.groups.flatMap((g, i) => g.bylines.map((b) => [b, i + 1] as const)));
  return {
    nodes: report.bylines.map(({ byline, articles, words, hands }, i) => ({
      id: `n${i}`,
      label: byline,
      values: {
        articles,
        words,
        hands: hands.verdict,
        handsLog10LR: hands.log10LR,
        // 0: in no group.
        group: groupOf.get(byline) ?? 0,
      },
    })),
    edges: report.pairs
      .filter((p) => p.log10LR > 0 && ids.has(p.a) && ids.has(p.b))
      .map((p) => ({ a: ids.get(p.a)!, b: ids.get(p.b)!, log10LR: p.log10LR, verdict: p.verdict })),
  };
}

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';
const FIELDS = Object.entries(NODE_FIELDS) as [NodeField, string][];

/** GraphML 1.0 (Brandes et al. 2002), read by Gephi, yEd, Cytoscape, NetworkX and igraph. */
export function graphml(report: Report): string {
  const { nodes, edges } = graphOf(report);
  const key = (id: string, on: 'node' | 'edge', type: string): string =>
    `  <key id="${id}" for="${on}" attr.name="${id}" attr.type="${type}"/>\n`;
  const data = (id: string, value: string | number): string => `<data key="${id}">${xml(value)}</data>`;
  return `${HEAD}<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
${key('label', 'node', 'string')}${FIELDS.map(([f, type]) => key(f, 'node', type)).join('')}${key('log10LR', 'edge', 'double')}${key('verdict', 'edge', 'string')}  <graph id="bylines" edgedefault="undirected">
${nodes.map((n) => `    <node id="${n.id}">${data('label', n.label)}${FIELDS.map(([f]) => data(f, n.values[f])).join('')}</node>\n`).join('')}${edges.map((e, i) => `    <edge id="e${i}" source="${e.a}" target="${e.b}">${data('log10LR', e.log10LR)}${data('verdict', e.verdict)}</edge>\n`).join('')}  </graph>
</graphml>
`;
}

/** GEXF 1.3, Gephi's own format; the weight of an edge is its log10LR. */
export function gexf(report: Report): string {
  const { nodes, edges } = graphOf(report);
  const type = (t: string): string => (t === 'int' ? 'integer' : t);
  return `${HEAD}<gexf xmlns="http://gexf.net/1.3" version="1.3">
  <graph defaultedgetype="undirected">
    <attributes class="node">
${FIELDS.map(([f, t]) => `      <attribute id="${f}" title="${f}" type="${type(t)}"/>\n`).join('')}    </attributes>
    <attributes class="edge">
      <attribute id="verdict" title="verdict" type="string"/>
    </attributes>
    <nodes>
${nodes.map((n) => `      <node id="${n.id}" label="${xml(n.label)}"><attvalues>${FIELDS.map(([f]) => `<attvalue for="${f}" value="${xml(n.values[f])}"/>`).join('')}</attvalues></node>\n`).join('')}    </nodes>
    <edges>
${edges.map((e, i) => `      <edge id="e${i}" source="${e.a}" target="${e.b}" weight="${xml(e.log10LR)}"><attvalues><attvalue for="verdict" value="${xml(e.verdict)}"/></attvalues></edge>\n`).join('')}    </edges>
  </graph>
</gexf>
`;
}
