import { MultiGraph } from 'graphology';
import Sigma from 'sigma';
import { colour } from './dom.js';
import type { Dot, Layout, Line } from './layout.js';
import type { Underlay } from './map-scene.js';
import type { View } from './paint.js';
import { DotProgram, LineProgram, type DotLook, type LineLook } from './programs.js';

/** Widths of the two lines that make an outline round a suspected single hand, in units of the map. */
const OUTLINE = [
  [47, 'one'],
  [44, 'halo'],
] as const;

/** A line as sigma is handed it: of the map, or of an outline. */
interface Edge {
  readonly line: Line;
  readonly type: 'outline' | 'weak' | 'reported';
  readonly ring: (typeof OUTLINE)[number] | null;
}

/**
 * The map drawn by sigma, with WebGL: the same shapes as on the canvas, all of them also under the reader's hand.
 * The canvas above keeps the pointer, the keys and the names.
 *
 * @throws Error where WebGL does not start
 */
export function underlay(layout: Layout, place: HTMLElement, lost: () => void): Underlay {
  let view: View | null = null;
  const { dots } = layout;
  const edges = edgesOf(layout);
  const sigma = new Sigma(graphOf(dots, edges), place, {
    allowInvalidContainer: true,
    renderLabels: false,
    stagePadding: 0,
    defaultNodeType: 'dot',
    nodeProgramClasses: { dot: DotProgram },
    // Drawn in this order.
    edgeProgramClasses: { outline: LineProgram, weak: LineProgram, reported: LineProgram },
    nodeReducer: (key) => lookOfDot(dots[Number(key)]!, view),
    edgeReducer: (key) => lookOfLine(edges[Number(key)]!, view),
  });
  // With this box sigma's coordinates are the map's, upside down.
  sigma.setCustomBBox({ x: [0, 1], y: [0, 1] });
  for (const canvas of Object.values(sigma.getCanvases())) canvas.addEventListener('webglcontextlost', lost);
  let drawn = '';
  return {
    paint: (now) => {
      view = now;
      const { width, height } = sigma.getDimensions();
      const k = (now.k * width) / now.width;
      sigma.getCamera().setState({
        x: (now.width / 2 - now.x) / now.k,
        y: -(now.height / 2 - now.y) / now.k,
        ratio: Math.min(width, height) / k,
      });
      // Whatever looks depend on; the camera alone needs no new ones.
      const looks = [colour('paper'), now.from, ...(now.found ?? ['all'])].join();
      if (looks === drawn) sigma.refresh({ partialGraph: {}, skipIndexation: true });
      else sigma.refresh();
      drawn = looks;
    },
    close: () => sigma.kill(),
  };
}

/** Outlines first: what comes later is drawn over them. */
function edgesOf({ lines }: Layout): Edge[] {
  const inside = lines.filter((l) => l.source.group >= 0 && l.source.group === l.target.group);
  return [
    ...OUTLINE.flatMap((ring) => inside.map((line): Edge => ({ line, type: 'outline', ring }))),
    ...lines.map((line): Edge => ({ line, type: line.reported ? 'reported' : 'weak', ring: null })),
  ];
}

/** Nodes and edges by their index, for sigma. */
function graphOf(dots: readonly Dot[], edges: readonly Edge[]): MultiGraph {
  const graph = new MultiGraph();
  dots.forEach(({ x, y }, i) => graph.addNode(i, { x, y: -y }));
  edges.forEach(({ line }, i) => graph.addEdgeWithKey(i, line.source.byline, line.target.byline));
  return graph;
}

function lookOfDot({ x, y, radius, several, group, byline }: Dot, view: View | null): DotLook {
  return {
    x,
    y: -y,
    hidden: view === null,
    size: radius,
    color: colour(several ? 'hand-3' : group >= 0 ? 'one' : 'paper'),
    rim: colour(several || group >= 0 ? 'ink' : 'muted'),
    square: several,
    opacity: view === null || view.found === null || view.found.has(byline) ? 1 : 0.2,
  };
}

function lookOfLine({ line, ring, type }: Edge, view: View | null): LineLook {
  const hidden = view === null || line.log10LR < view.from;
  if (ring !== null) return { type, hidden, size: ring[0], color: colour(ring[1]), dashed: false, opacity: 1 };
  const step = Math.min(12, Math.round(2 * line.log10LR));
  return {
    type,
    hidden,
    size: 0.7 + step / 2,
    color: colour(line.reported ? 'one' : 'muted'),
    dashed: type === 'weak',
    opacity: Math.min(0.9, 0.3 + step / 10),
  };
}
