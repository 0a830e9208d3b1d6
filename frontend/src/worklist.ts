/** The work list: keys, choosing many, and rows that follow what happens without moving what one is about to touch. */
import htmx from 'htmx.org';
import { keysOff, plain, setKeysOff } from './keys';
import { listen } from './live';

const QUIET = 250;
const MOST = 50;

const all = <T extends HTMLElement>(selector: string, within: ParentNode = document): T[] => [...within.querySelectorAll<T>(selector)];

export function worklist(): void {
  const list = document.querySelector<HTMLElement>('[data-worklist]');
  if (!list) return;
  keys(list);
  sheet();
  picking(list);
  follow(list);
}

/** j k move, n to the next unread, Enter opens, c takes, u gives back, a assigns, h puts aside, x chooses, b to what can be done with the chosen, q to the saved queues, / searches. Never while typing or composing. */
function keys(list: HTMLElement): void {
  document.addEventListener('keydown', (event) => {
    if (!plain(event) || keysOff() || document.querySelector('dialog[open]:not(#help-panel)')) return;
    const rows = all('[data-row]', list);
    const here = rows.findIndex((row) => row.contains(document.activeElement));
    const row = rows[here];
    const press = (selector: string) => () => row?.querySelector<HTMLElement>(selector)?.click();
    const act: Record<string, () => void> = {
      j: () => focus(rows[Math.min(here + 1, rows.length - 1)]),
      k: () => focus(rows[Math.max(here - 1, 0)]),
      c: press('[data-claim]'),
      u: press('[data-release]'),
      h: press('[data-later]'),
      x: press('[data-pick]'),
      a: () => {
        const link = row?.querySelector<HTMLAnchorElement>('.row-title');
        if (link) location.assign(`${link.href}/verbs/assign`);
      },
      b: () => toBar(list.querySelector<HTMLElement>('.bulk-bar')),
      n: () => nextFresh(rows, here),
      q: () => queue(list),
      r: () => document.querySelector<HTMLAnchorElement>('[data-news] a')?.click(),
      '/': () => document.querySelector<HTMLInputElement>('[data-search]')?.focus(),
    };
    const action = act[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });
}

function focus(row: HTMLElement | undefined): void {
  row?.querySelector<HTMLAnchorElement>('.row-title')?.focus();
}

/** What can be done with the chosen rows; the bar is there only while some are. */
function toBar(bar: HTMLElement | null): void {
  if (bar?.offsetParent === null) return;
  bar?.querySelector<HTMLElement>('button.primary, button[name]')?.focus();
}

function nextFresh(rows: HTMLElement[], here: number): void {
  focus([...rows.slice(here + 1), ...rows.slice(0, Math.max(here, 0))].find((row) => row.classList.contains('fresh')));
}

/** The saved queues one after the other; without any, the place where one is saved. */
function queue(list: HTMLElement): void {
  const chips = all<HTMLAnchorElement>('.chip.queue', list);
  const at = chips.findIndex((chip) => chip === document.activeElement);
  (chips[(at + 1) % Math.max(chips.length, 1)] ?? list.querySelector<HTMLElement>('.queue-menu summary'))?.focus();
}

function sheet(): void {
  const button = document.querySelector<HTMLButtonElement>('[data-keys]');
  const dialog = document.querySelector<HTMLDialogElement>('#keys');
  const box = dialog?.querySelector<HTMLInputElement>('[data-keys-off]');
  if (!button || !dialog || !box) return;
  button.hidden = false;
  button.addEventListener('click', () => dialog.showModal());
  box.checked = keysOff();
  box.addEventListener('change', () => setKeysOff(box.checked));
}

function picking(list: HTMLElement): void {
  const count = list.querySelector<HTMLElement>('[data-picked]');
  const everything = list.querySelector<HTMLButtonElement>('[data-pick-all]');
  if (!count || !everything) return;
  const show = (): void => {
    const chosen = all('[data-pick]:checked', list).length;
    const words = (count.dataset['text'] ?? '').replace('#', String(chosen));
    if (count.textContent !== words) count.textContent = words;
  };
  everything.hidden = false;
  everything.addEventListener('click', () => {
    for (const box of all<HTMLInputElement>('[data-pick]', list).slice(0, MOST)) box.checked = true;
    show();
  });
  list.addEventListener('change', show);
  list.addEventListener('reset', () => setTimeout(show));
  document.querySelector('#bulk')?.addEventListener('reset', () => setTimeout(show));
}

/** A row somebody points at, has the focus in or has chosen is left alone until he is done with it. */
const busy = (row: HTMLElement): boolean =>
  row.matches(':hover') || row.contains(document.activeElement) || row.querySelector('[data-pick]:checked') !== null;

function follow(list: HTMLElement): void {
  const address = list.dataset['live'];
  const bar = document.querySelector<HTMLElement>('[data-news]');
  if (!address || !bar) return;
  const changed = new Set<string>();
  const fresh = new Set<string>();
  const waiting = new Map<string, HTMLElement>();
  let timer = 0;

  const settle = (): void => {
    for (const [id, row] of waiting) {
      const old = document.getElementById(`row-${id}`);
      if (old && busy(old)) continue;
      waiting.delete(id);
      if (old) put(old, row);
    }
  };

  const ask = async (): Promise<void> => {
    const ids = [...changed].slice(0, MOST);
    ids.forEach((id) => changed.delete(id));
    const url = new URL(address, location.origin);
    for (const id of ids) url.searchParams.append('ids', id);
    const response = await fetch(url, { credentials: 'same-origin', redirect: 'error', headers: { 'HX-Request': 'true' } }).catch(() => null);
    if (!response?.ok) return;
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    for (const count of all('[data-count]', page)) {
      const shown = list.querySelector(`.count[data-count="${count.dataset['count'] ?? ''}"]`);
      if (shown && shown.textContent !== count.textContent) shown.textContent = count.textContent;
    }
    for (const id of ids) {
      const row = page.getElementById(`row-${id}`);
      if (document.getElementById(`row-${id}`)) {
        if (row) waiting.set(id, row);
      } else if (row?.dataset['fits'] === 'true') fresh.add(id);
      else fresh.delete(id);
    }
    settle();
    tell(bar, fresh.size);
    if (changed.size > 0) timer = window.setTimeout(() => void ask(), QUIET);
  };

  listen(
    (ids) => {
      ids.forEach((id) => changed.add(id));
      clearTimeout(timer);
      timer = window.setTimeout(() => void ask(), QUIET);
    },
    () => over(bar),
  );
  for (const moment of ['pointerout', 'focusout', 'change']) list.addEventListener(moment, () => setTimeout(settle, QUIET));
}

function put(old: HTMLElement, row: HTMLElement): void {
  const fresh = document.importNode(row, true);
  old.replaceWith(fresh);
  htmx.process(fresh);
}

function tell(bar: HTMLElement, many: number): void {
  if (many === 0) {
    bar.replaceChildren();
    return;
  }
  show(bar, (bar.dataset['text'] ?? '').replace('#', String(many)), location.href);
}

function over(bar: HTMLElement): void {
  show(bar, bar.dataset['over'] ?? '', '/login?expired');
}

function show(bar: HTMLElement, words: string, href: string): void {
  const link = bar.querySelector('a') ?? document.createElement('a');
  link.className = 'button';
  link.href = href;
  link.textContent = words;
  if (!link.isConnected) bar.replaceChildren(link);
}
