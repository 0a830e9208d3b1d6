/** The plain form of an emergency, sent without leaving the page so that a broken line loses nothing. */
import { FormDraft } from '../form-draft';
import { meta } from '../http';
import { text } from '../texts';
import { account, device, shell } from './device';

const PATIENCE = 15_000;
const TYPING = 800;

export async function quickForm(form: HTMLFormElement): Promise<void> {
  const html = pristine(form);
  const restored = await restore(form);
  if (!shell()) await device.keepForm(form, { html });
  const draft = new FormDraft(
    form,
    { data: () => answers(form), typed: () => body(form), load: async (theirs) => fill(form, pairs(theirs)), saved: (warnings) => warn(form, warnings) },
    (message) => say(form, message),
  );
  document.querySelector(`[data-drop-draft="${form.id}"]`)?.addEventListener('click', () => form.reset());
  let timer = 0;
  form.addEventListener('input', () => {
    draft.changed();
    clearTimeout(timer);
    timer = window.setTimeout(() => draft.unsaved && void device.keepTyped(form, body(form)), TYPING);
  });
  if (restored) draft.changed();
  addEventListener('beforeunload', (event) => {
    if (draft.unsaved && !sending) event.preventDefault();
  });
  let sending = false;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (sending) return;
    sending = true;
    clearTimeout(timer);
    void send(form, draft).finally(() => (sending = false));
  });
}

/** What the rules only warn of; the alarm goes out with or without it. */
function warn(form: HTMLFormElement, warnings: string[]): void {
  const bar = form.querySelector('.submit-bar');
  const box = form.querySelector<HTMLElement>('[data-warnings]') ?? document.createElement('div');
  box.dataset['warnings'] = '';
  box.setAttribute('role', 'status');
  box.className = warnings.length ? 'note warned warnings' : '';
  if (!box.isConnected) bar?.before(box);
  const list = document.createElement('ul');
  warnings.forEach((words) => (list.appendChild(document.createElement('li')).textContent = words));
  const title = document.createElement('p');
  title.appendChild(document.createElement('strong')).textContent = text('rulesWarn');
  const inner = document.createElement('div');
  inner.append(title, list);
  box.replaceChildren(...(warnings.length ? [inner] : []));
}

/** What is sent, question by question. */
function answers(form: HTMLFormElement): Record<string, string[]> {
  const data: Record<string, string[]> = {};
  for (const [name, value] of new URLSearchParams(body(form))) if (name !== 'idempotencyKey' && value) (data[name] ??= []).push(value);
  return data;
}

const pairs = (data: Record<string, unknown>): URLSearchParams =>
  new URLSearchParams(Object.entries(data).flatMap(([name, values]) => (Array.isArray(values) ? values.map((value) => [name, String(value)]) : [])));

function say(form: HTMLFormElement, message: string): void {
  const place = form.querySelector('[data-role="draft"]');
  if (place) place.textContent = message;
}

/** Everything that is sent but the token of this session. */
function body(form: HTMLFormElement): string {
  const entries = [...new FormData(form)].filter((entry): entry is [string, string] => typeof entry[1] === 'string' && entry[0] !== '_csrf');
  return new URLSearchParams(entries).toString();
}

async function send(form: HTMLFormElement, draft: FormDraft): Promise<void> {
  await draft.still();
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
        draft.finish();
        await device.synced(form);
        location.assign(((await answer.json()) as { location: string }).location);
        return;
      }
      // what was refused is explained by the page itself
      draft.finish();
      form.submit();
      return;
    } catch {
      // no line: below
    }
  }
  const waits = await device.send(form, waiting);
  if (waits) draft.finish();
  else {
    draft.again();
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
  for (const name of ['data-drafted', 'data-draft', 'data-draft-version']) copy.removeAttribute(name);
  copy.querySelectorAll('[data-role="draft"]').forEach((place) => (place.textContent = ''));
  copy.querySelectorAll('.locate, [data-warnings]').forEach((made) => made.remove());
  return copy.outerHTML;
}

/** What this device kept goes before what the server has: it was typed where there was no line. True when there was any. */
async function restore(form: HTMLFormElement): Promise<boolean> {
  // what the server sent back with its errors is newer than both
  if (document.querySelector('.errors')) return false;
  const typed: unknown = (await account()) ? await device.typed(form) : undefined;
  const here = typeof typed === 'string';
  if (here) fill(form, new URLSearchParams(typed));
  else if (form.dataset['drafted']) fill(form, pairs(JSON.parse(form.dataset['drafted']) as Record<string, unknown>));
  return here;
}

function fill(form: HTMLFormElement, values: URLSearchParams): void {
  for (const field of form.querySelectorAll<HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement>('[name]')) {
    if (field.name === 'idempotencyKey' || field.name === '_csrf') continue;
    if (field instanceof HTMLInputElement && (field.type === 'checkbox' || field.type === 'radio')) field.checked = values.getAll(field.name).includes(field.value);
    else if (values.has(field.name)) field.value = values.get(field.name) ?? '';
  }
  form.dispatchEvent(new Event('change'));
}
