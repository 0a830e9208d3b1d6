/** The guided tour on the work list: one small dialog, and the place it speaks of is framed. Its end is kept with the account. */
import { send } from './http';

const AT = 'tour-at';

interface Step {
  at: string | undefined;
  title: string;
  text: string;
}

export function tour(): void {
  const dialog = document.querySelector<HTMLDialogElement>('#tour');
  if (!dialog) return;
  const steps = [...dialog.querySelectorAll<HTMLElement>('li')].map(
    (line): Step => ({
      at: line.dataset['at'],
      title: line.querySelector('strong')?.textContent ?? '',
      text: line.querySelector('span')?.textContent ?? '',
    }),
  );
  const part = <T extends HTMLElement>(selector: string): T => dialog.querySelector<T>(selector) as T;
  const next = part<HTMLButtonElement>('[data-tour-next]');
  const back = part<HTMLButtonElement>('[data-tour-back]');
  const onward = next.textContent ?? '';
  const offer = document.querySelector<HTMLElement>('[data-tour-offer]');
  let now = 0;

  const show = (): void => {
    const step = steps[now];
    if (!step) return;
    part('[data-tour-count]').textContent = (dialog.dataset['count'] ?? '').replace('[n]', String(now + 1)).replace('[total]', String(steps.length));
    part('#tour-title').textContent = step.title;
    part('#tour-text').textContent = step.text;
    back.disabled = now === 0;
    next.textContent = now === steps.length - 1 ? (next.dataset['last'] ?? onward) : onward;
    frame(dialog, step.at);
    part('#tour-title').focus();
  };
  const end = (outcome: 'DONE' | 'SKIPPED'): void => {
    frame(dialog, undefined);
    if (dialog.open) dialog.close();
    offer?.remove();
    void send('POST', '/help/tour', { outcome }, { keepalive: true });
    // the address that asked for the tour would ask again in another language
    history.replaceState(null, '', location.pathname);
    document.querySelector<HTMLElement>('#main')?.focus();
  };
  const go = (by: number): void => {
    if (now + by === steps.length) end('DONE');
    else if (now + by >= 0) {
      now += by;
      show();
    }
  };
  const start = (): void => {
    now = 0;
    dialog.showModal();
    show();
  };

  next.addEventListener('click', () => go(1));
  back.addEventListener('click', () => go(-1));
  part('[data-tour-end]').addEventListener('click', () => end('SKIPPED'));
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault();
    end('SKIPPED');
  });
  dialog.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowRight' && event.key !== 'ArrowLeft') return;
    event.preventDefault();
    if (event.key === 'ArrowLeft') go(-1);
    else if (now < steps.length - 1) go(1);
  });
  offer?.querySelector('[data-tour-start]')?.addEventListener('click', (event) => {
    event.preventDefault();
    start();
  });
  offer?.querySelector('[data-tour-skip]')?.addEventListener('click', (event) => {
    event.preventDefault();
    end('SKIPPED');
  });
  if (dialog.dataset['asked']) start();
}

/** Frames the first of these places that can be seen, and keeps the dialog out of its way. */
function frame(dialog: HTMLElement, at: string | undefined): void {
  for (const old of document.querySelectorAll(`.${AT}`)) old.classList.remove(AT);
  dialog.classList.remove('tour-top');
  if (!at) return;
  const place = [...document.querySelectorAll<HTMLElement>(`[data-tour="${at}"]`)].find((one) => one.getClientRects().length > 0);
  if (!place) return;
  place.classList.add(AT);
  place.scrollIntoView({ block: 'center' });
  const box = place.getBoundingClientRect();
  dialog.classList.toggle('tour-top', box.top + Math.min(box.height, 80) / 2 > window.innerHeight / 2);
}
