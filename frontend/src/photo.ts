/**
 * A picture goes into the case file while the form stays where it is; without a line it waits, encrypted, in the outbox of
 * this device. Without this file the page of attachments opens.
 */
import { type ProblemBody, meta, newKey } from './http';
import { device, shell } from './offline/device';
import { flush, onChange } from './offline/outbox';
import { text } from './texts';

const PATIENCE = 120_000;
const MEGABYTE = 1024 * 1024;

type Outcome = { kind: 'done' } | { kind: 'waits' } | { kind: 'refused'; why: string };

const forms = (): HTMLFormElement[] => [...document.querySelectorAll<HTMLFormElement>('form[data-photo]')];

export function photos(): void {
  for (const form of forms()) {
    if (form.dataset['photo'] === 'ready') continue;
    form.dataset['photo'] = 'ready';
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void addChosen(form);
    });
    fromTheDevice(form);
    onChange(() => void count(form));
    void count(form);
  }
}

/** What has been chosen but not added yet goes along with the form. */
export async function addAllChosen(): Promise<void> {
  for (const form of forms()) await addChosen(form);
}

/** The camera is one button; pictures that exist already are the other, several at once. */
function fromTheDevice(form: HTMLFormElement): void {
  const camera = form.querySelector<HTMLInputElement>('input[type="file"]');
  if (!camera) return;
  const input = camera.cloneNode() as HTMLInputElement;
  input.removeAttribute('capture');
  input.removeAttribute('id');
  input.removeAttribute('name');
  input.required = false;
  input.multiple = true;
  input.hidden = true;
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'button';
  button.textContent = text('pictureChoose');
  button.addEventListener('click', () => input.click());
  input.addEventListener('change', () => {
    void addFiles(form, [...(input.files ?? [])]).then(() => (input.value = ''));
  });
  const box = document.createElement('div');
  box.dataset['made'] = '';
  box.append(button, input);
  form.querySelector('button[type="submit"]')?.after(box);
}

async function addChosen(form: HTMLFormElement): Promise<void> {
  const input = form.querySelector<HTMLInputElement>('input[name="file"]');
  const chosen = [...(input?.files ?? [])];
  if (!input || !chosen.length) return;
  if (await addFiles(form, chosen)) input.value = '';
}

/** One after the other, so that they stay in order; true when all are in the case or safe on this device. */
async function addFiles(form: HTMLFormElement, files: File[]): Promise<boolean> {
  const button = form.querySelector<HTMLElement>('button[type="submit"]');
  if (button?.getAttribute('aria-busy') === 'true') return false;
  button?.setAttribute('aria-busy', 'true');
  let outcome: Outcome = { kind: 'done' };
  for (const file of files) {
    say(form, text('pictureSending', { name: file.name }));
    outcome = await add(form, file);
    if (outcome.kind === 'refused') break;
  }
  button?.removeAttribute('aria-busy');
  say(form, outcome.kind === 'refused' ? outcome.why : outcome.kind === 'done' ? (status(form)?.dataset['done'] ?? '') : text('pictureWaits'));
  if (outcome.kind === 'waits') await count(form);
  return outcome.kind !== 'refused';
}

async function add(form: HTMLFormElement, file: File): Promise<Outcome> {
  const most = Number(form.dataset['most'] ?? 0);
  if (most && file.size > most) return { kind: 'refused', why: text('pictureTooLarge', { n: String(Math.floor(most / MEGABYTE)) }) };
  const key = newKey();
  const behind = await device.pictures();
  if (!shell() && !behind) {
    const answer = await upload(form, file, key);
    if (answer !== 'offline') return answer;
  }
  const kept = await device.picture(form, {
    url: form.getAttribute('action') ?? '', key, bytes: await file.arrayBuffer(),
    picture: { kind: form.querySelector<HTMLInputElement>('input[name="kind"]')?.value ?? '', name: file.name, type: file.type, size: file.size },
  });
  if (kept === 'full') return { kind: 'refused', why: text('pictureFull') };
  if (kept === 'no') return { kind: 'refused', why: status(form)?.dataset['failed'] ?? '' };
  // those before it are on their way: it follows them
  if (behind && navigator.onLine && !shell()) void flush();
  return { kind: 'waits' };
}

async function upload(form: HTMLFormElement, file: File, key: string): Promise<Outcome | 'offline'> {
  const body = new FormData();
  body.set('kind', form.querySelector<HTMLInputElement>('input[name="kind"]')?.value ?? '');
  body.set('idempotencyKey', key);
  body.set('file', file, file.name);
  try {
    const answer = await fetch(form.action, {
      method: 'POST', body, credentials: 'same-origin', redirect: 'error', signal: AbortSignal.timeout(PATIENCE),
      headers: {
        Accept: 'application/json, application/problem+json', 'Accept-Language': document.documentElement.lang,
        'Idempotency-Key': key, [meta('csrf-header')]: meta('csrf-token'),
      },
    });
    if (answer.ok) return { kind: 'done' };
    if (answer.status >= 500) return 'offline';
    const problem = (await answer.json().catch(() => ({}))) as ProblemBody;
    const words = [problem.title, problem.detail].filter(Boolean).join(text('sentence'));
    return { kind: 'refused', why: answer.status === 401 ? text('sessionOver') : words || (status(form)?.dataset['failed'] ?? '') };
  } catch {
    return 'offline';
  }
}

const status = (form: HTMLFormElement): HTMLElement | null => form.querySelector<HTMLElement>('[role="status"][data-done]');

function say(form: HTMLFormElement, words: string): void {
  const place = status(form);
  if (place) place.textContent = words;
}

/** How many wait, beside the button that takes them. */
async function count(form: HTMLFormElement): Promise<void> {
  const place = form.querySelector<HTMLElement>('[data-waiting]');
  if (!place) return;
  const n = await device.pictures();
  place.textContent = n ? text('picturesWaiting', { n: String(n) }) : '';
  place.hidden = !n;
}

/** The card without what belongs to this session, to be shown again without a line. */
export function photoCard(): string | undefined {
  const card = forms()[0]?.closest<HTMLElement>('section');
  if (!card || forms()[0]?.dataset['offline'] !== 'true') return undefined;
  const copy = card.cloneNode(true) as HTMLElement;
  copy.querySelectorAll('input[name="_csrf"], [data-made]').forEach((made) => made.remove());
  copy.querySelectorAll('[role="status"]').forEach((place) => (place.textContent = ''));
  copy.querySelector<HTMLElement>('form')?.setAttribute('data-photo', '');
  return copy.outerHTML;
}
