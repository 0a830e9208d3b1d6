/** A picture goes into the case file while the form stays where it is; without this file the page of attachments opens. */
import { newKey } from './http';

export function photos(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-photo]')) {
    const key = form.querySelector<HTMLInputElement>('input[name="idempotencyKey"]');
    if (key) key.value = newKey();
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void add(form, key);
    });
  }
}

async function add(form: HTMLFormElement, key: HTMLInputElement | null): Promise<void> {
  const button = form.querySelector('button');
  const status = form.querySelector<HTMLElement>('[role="status"]');
  if (!status || button?.getAttribute('aria-busy') === 'true') return;
  button?.setAttribute('aria-busy', 'true');
  const done = await fetch(form.action, { method: 'POST', body: new FormData(form), credentials: 'same-origin', redirect: 'manual' })
    // the answer to a stored picture leads to the attachments of the case; a refusal is a page
    .then((answer) => answer.type === 'opaqueredirect')
    .catch(() => false);
  button?.removeAttribute('aria-busy');
  status.textContent = (done ? status.dataset['done'] : status.dataset['failed']) ?? '';
  if (!done) return;
  form.reset();
  if (key) key.value = newKey();
}
