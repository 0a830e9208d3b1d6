/** Keys of the work list: j k move, Enter opens, c takes, u gives back, / searches. Never while typing or composing. */
const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

export function worklistKeys(): void {
  document.addEventListener('keydown', (event) => {
    const list = document.querySelector('[data-worklist]');
    if (!list || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const rows = [...list.querySelectorAll<HTMLElement>('[data-row]')];
    const here = rows.findIndex((row) => row.contains(document.activeElement));
    const act: Record<string, () => void> = {
      j: () => focus(rows[Math.min(here + 1, rows.length - 1)]),
      k: () => focus(rows[Math.max(here - 1, 0)]),
      c: () => rows[here]?.querySelector<HTMLButtonElement>('[data-claim]')?.click(),
      u: () => rows[here]?.querySelector<HTMLButtonElement>('[data-release]')?.click(),
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
