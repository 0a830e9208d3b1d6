/** The heavy half of <diagram-viewer>. */
import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import { text, translateModule } from './texts';

interface Root {
  id: string;
}
interface Canvas {
  zoom(level?: number | 'fit-viewport', center?: unknown): number;
  scroll(delta: { dx: number; dy: number }): void;
  viewbox(): { x: number; y: number; width: number; height: number };
  viewbox(box: { x: number; y: number; width: number; height: number }): void;
  addMarker(id: string, marker: string): void;
  resized(): void;
  findRoot(element: Shape): Root | undefined;
  getRootElement(): Root;
  setRootElement(root: Root): void;
}
interface Meaning {
  id: string;
  $parent?: Meaning;
}
interface Events {
  on(name: string, listener: (event: { element?: { id: string } }) => void): void;
}
interface Shape {
  businessObject: Meaning;
  x: number;
  y: number;
  width: number;
  height: number;
  outgoing?: { id: string; target: { id: string } }[];
}
interface Overlays {
  add(id: string, overlay: { position: Record<string, number>; html: HTMLElement }): void;
}
interface Registry {
  get(id: string): Shape | undefined;
}

const STEP = 60;
/** Below this nobody can read the names in the boxes. */
const READABLE = 0.75;
const MARGIN = 140;

export async function showDiagram(host: HTMLElement, xml: string, state: Record<string, unknown>): Promise<void> {
  const viewer = new NavigatedViewer({ container: host, additionalModules: [translateModule as never] });
  await viewer.importXML(xml);
  const canvas = viewer.get<Canvas>('canvas');
  const overlays = viewer.get<Overlays>('overlays');
  const registry = viewer.get<Registry>('elementRegistry');
  const active = list(state['active']);
  const done = (state['done'] ?? {}) as Record<string, number>;
  const passed = new Set([...Object.keys(done), ...active]);
  for (const [id, count] of Object.entries(done)) {
    const element = registry.get(id);
    if (!element) continue;
    canvas.addMarker(id, 'is-done');
    element.outgoing?.filter((flow) => passed.has(flow.target.id)).forEach((flow) => canvas.addMarker(flow.id, 'is-done'));
    if (count > 1) overlays.add(id, { position: { bottom: 12, right: 24 }, html: badge(text('times', { n: String(count) }), 'count-badge') });
  }
  for (const id of active) {
    const element = registry.get(id);
    if (!element) continue;
    canvas.addMarker(id, 'is-active');
    // the closed boxes on the pages above it show that something goes on inside
    for (let box = element.businessObject.$parent; box; box = box.$parent) {
      if (registry.get(box.id)?.outgoing) canvas.addMarker(box.id, 'is-active');
    }
    overlays.add(id, { position: { top: -14, left: 0 }, html: badge(text('active'), '') });
  }
  for (const [id, words] of Object.entries((state['times'] ?? {}) as Record<string, string>)) {
    if (registry.get(id)) overlays.add(id, { position: { bottom: -2, left: 4 }, html: badge(words, 'time-badge') });
  }
  links(host, viewer.get<Events>('eventBus'), canvas, registry, list(state['people']));
  const fit = (): void => void canvas.zoom('fit-viewport', 'auto');
  // inside a sub-process the way back takes a bar of its own: the picture gets what is left
  viewer.get<Events>('eventBus').on('root.set', () => {
    host.toggleAttribute('data-inside', canvas.getRootElement().id.endsWith('_plane'));
    canvas.resized();
    fit();
  });
  fit();
  // a picture too wide to read starts where the case stands
  const now = (active.length ? active : Object.keys(done).slice(-1)).flatMap((id) => registry.get(id) ?? []);
  const here = (): void => {
    const first = now[0];
    if (!first) return;
    // a closed sub-process has a page of its own: open the one where the case stands
    const page = canvas.findRoot(first);
    if (page && page !== canvas.getRootElement()) canvas.setRootElement(page);
    standAt(
      canvas,
      now.filter((shape) => canvas.findRoot(shape) === page),
    );
  };
  const elsewhere = now[0] && canvas.findRoot(now[0]) !== canvas.getRootElement();
  if (elsewhere || canvas.zoom() < READABLE) here();
  const zoom = (factor: number): void => void canvas.zoom(canvas.zoom() * factor);
  tools(host, { zoomIn: () => zoom(1.25), zoomOut: () => zoom(0.8), here, fit });
  keyboard(host, canvas, zoom, fit);
}

/** A step somebody worked on leads to what happened there; by keyboard the list below the picture does the same. */
function links(host: HTMLElement, events: Events, canvas: Canvas, registry: Registry, ids: string[]): void {
  const address = host.dataset['link'];
  if (!address) return;
  const people = new Set(ids);
  ids.filter((id) => registry.get(id)).forEach((id) => canvas.addMarker(id, 'is-link'));
  events.on('element.click', (event) => {
    if (event.element && people.has(event.element.id)) location.assign(address + encodeURIComponent(event.element.id));
  });
}

/** All of them when they fit and can still be read, otherwise the first. */
function standAt(canvas: Canvas, shapes: Shape[]): void {
  const left = Math.min(...shapes.map((shape) => shape.x)) - MARGIN;
  const top = Math.min(...shapes.map((shape) => shape.y)) - MARGIN;
  const width = Math.max(...shapes.map((shape) => shape.x + shape.width)) + MARGIN - left;
  const height = Math.max(...shapes.map((shape) => shape.y + shape.height)) + MARGIN - top;
  canvas.zoom(1);
  const window = canvas.viewbox();
  const scale = Math.min(1, window.width / width, window.height / height);
  canvas.zoom(Math.max(READABLE, scale));
  centre(canvas, scale >= READABLE || !shapes[0] ? { x: left, y: top, width, height } : shapes[0]);
}

function centre(canvas: Canvas, shape: Pick<Shape, 'x' | 'y' | 'width' | 'height'>): void {
  const box = canvas.viewbox();
  canvas.viewbox({
    x: shape.x + shape.width / 2 - box.width / 2,
    y: shape.y + shape.height / 2 - box.height / 2,
    width: box.width,
    height: box.height,
  });
}

const list = (value: unknown): string[] => (Array.isArray(value) ? (value as string[]) : []);

function badge(words: string, kind: string): HTMLElement {
  const element = document.createElement('div');
  element.className = `token ${kind}`.trim();
  element.textContent = words;
  return element;
}

function tools(host: HTMLElement, actions: { zoomIn: () => void; zoomOut: () => void; here: () => void; fit: () => void }): void {
  const bar = document.createElement('div');
  bar.className = 'diagram-tools';
  const add = (label: string, sign: string, action: () => void): void => {
    const button = bar.appendChild(document.createElement('button'));
    button.type = 'button';
    button.textContent = sign;
    button.setAttribute('aria-label', label);
    button.addEventListener('click', action);
  };
  add(text('zoomIn'), '+', actions.zoomIn);
  add(text('zoomOut'), '−', actions.zoomOut);
  add(text('here'), text('here'), actions.here);
  add(text('fit'), text('fit'), actions.fit);
  host.append(bar);
}

function keyboard(host: HTMLElement, canvas: Canvas, zoom: (factor: number) => void, fit: () => void): void {
  host.tabIndex = 0;
  host.setAttribute('role', 'group');
  host.setAttribute('aria-label', text('diagram'));
  const moves: Record<string, () => void> = {
    ArrowLeft: () => canvas.scroll({ dx: STEP, dy: 0 }),
    ArrowRight: () => canvas.scroll({ dx: -STEP, dy: 0 }),
    ArrowUp: () => canvas.scroll({ dx: 0, dy: STEP }),
    ArrowDown: () => canvas.scroll({ dx: 0, dy: -STEP }),
    '+': () => zoom(1.25),
    '=': () => zoom(1.25),
    '-': () => zoom(0.8),
    '0': fit,
  };
  host.addEventListener('keydown', (event) => {
    const move = moves[event.key];
    if (!move || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    move();
  });
}
