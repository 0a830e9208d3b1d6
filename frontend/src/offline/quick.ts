/** The plain form of an emergency, sent without leaving the page so that a broken line loses nothing. */
import { meta } from '../http';
import { text } from '../texts';
import { account, device, shell } from './device';

const PATIENCE = 15_000;
const TYPING = 800;

export async function quickForm(form: HTMLFormElement): Promise<void> {
  await restore(form);
  if (!shell()) await device.keepForm(form, { html: pristine(form) });
  let timer = 0;
  form.addEventListener('input', () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void device.keepTyped(form, body(form)), TYPING);
  });
  let sending = false;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (sending) return;
    sending = true;
    clearTimeout(timer);
    void send(form).finally(() => (sending = false));
  });
}

/** Everything that is sent but the token of this session. */
function body(form: HTMLFormElement): string {
  const entries = [...new FormData(form)].filter((entry): entry is [string, string] => typeof entry[1] === 'string' && entry[0] !== '_csrf');
  return new URLSearchParams(entries).toString();
}

async function send(form: HTMLFormElement): Promise<void> {
  const typed = body(form);
  const key = form.querySelector<HTMLInputElement>('input[name="idempotencyKey"]')?.value ?? '';
  const waiting = { url: form.getAttribute('action') ?? location.pathname, type: 'application/x-www-form-urlencoded' as const, body: typed, key };
  if (!shell()) {
    try {
      const answer = await fetch(waiting.url, {
        method: 'POST',
        headers: { 'Content-Type': waiting.type, Accept: 'application/json, application/problem+json', [meta('csrf-header')]: meta('csrf-token') },
        body: typed,
        credentials: 'same-origin',
        redirect: 'error',
        signal: AbortSignal.timeout(PATIENCE),
      });
      if (answer.ok) {
        await device.synced(form);
        location.assign(((await answer.json()) as { location: string }).location);
        return;
      }
      // what was refused is explained by the page itself
      form.submit();
      return;
    } catch {
      // no line: below
    }
  }
  if (!(await device.send(form, waiting))) {
    form.querySelectorAll('button[type="submit"]').forEach((button) => button.removeAttribute('aria-busy'));
    const note = document.createElement('div');
    note.className = 'note warned';
    note.setAttribute('role', 'alert');
    note.appendChild(document.createElement('p')).textContent = text('notSent');
    form.prepend(note);
  }
}

/** The form as it came: without token and key, so that it can be used again. */
function pristine(form: HTMLFormElement): string {
  const copy = form.cloneNode(true) as HTMLFormElement;
  copy.querySelectorAll('input[name="_csrf"]').forEach((token) => token.remove());
  copy.querySelectorAll('input[name="idempotencyKey"], input[data-now]').forEach((field) => {
    field.setAttribute('value', '');
  });
  copy.querySelectorAll('.locate').forEach((made) => made.remove());
  return copy.outerHTML;
}

async function restore(form: HTMLFormElement): Promise<void> {
  if (!(await account())) return;
  const typed: unknown = await device.typed(form);
  // what the server sent back with its errors is newer than what this device kept
  if (typeof typed !== 'string' || document.querySelector('.errors')) return;
  const values = new URLSearchParams(typed);
  for (const field of form.querySelectorAll<HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement>('[name]')) {
    if (field.name === 'idempotencyKey' || field.name === '_csrf') continue;
    if (field instanceof HTMLInputElement && (field.type === 'checkbox' || field.type === 'radio')) field.checked = values.getAll(field.name).includes(field.value);
    else if (values.has(field.name)) field.value = values.get(field.name) ?? '';
  }
  form.dispatchEvent(new Event('change'));
}
