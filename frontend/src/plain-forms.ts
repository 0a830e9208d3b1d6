/** Small helps for server-rendered forms: all of them work without this file. */
import { newKey } from './http';
import { locateButton } from './location';
import { quickForm } from './offline/quick';

export function plainForms(): void {
  for (const field of document.querySelectorAll<HTMLInputElement>('input[data-now]')) if (!field.value) field.value = localNow();
  for (const field of document.querySelectorAll<HTMLInputElement>('input[data-capture="location"]')) {
    const button = locateButton(field, (value) => {
      field.value = value;
      field.dispatchEvent(new Event('input', { bubbles: true }));
    });
    if (button) field.after(button);
  }
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-once]')) once(form);
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-conditions]')) conditions(form);
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-offline="true"]:not([data-photo]), form[data-draft]')) void quickForm(form);
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-fill-username]')) fill(button);
  document.querySelector<HTMLElement>('[data-focus]')?.focus();
  showTab();
}

/** On a phone the row of tabs is wider than the screen: the one that is open is moved into sight. */
function showTab(): void {
  const tab = document.querySelector<HTMLElement>('.tabs [aria-current]');
  const row = tab?.closest<HTMLElement>('.tabs');
  if (tab && row) row.scrollLeft = tab.offsetLeft - row.offsetLeft - (row.clientWidth - tab.offsetWidth) / 2;
}

function localNow(): string {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
}

/** A second tap sends nothing; a page restored from the history may send again, under the same key. */
function once(form: HTMLFormElement): void {
  const key = form.querySelector<HTMLInputElement>('input[name="idempotencyKey"]');
  if (key && !key.value) key.value = newKey();
  let sent = false;
  form.addEventListener('submit', (event) => {
    if (sent) event.preventDefault();
    sent = true;
    form.querySelectorAll('button[type="submit"]').forEach((button) => button.setAttribute('aria-busy', 'true'));
  });
  addEventListener('pageshow', (event) => {
    if (!event.persisted) return;
    sent = false;
    form.querySelectorAll('button[type="submit"]').forEach((button) => button.removeAttribute('aria-busy'));
  });
}

/** Hides fields by simple conditions ("key = value", "key != value"); the server applies the same ones. */
function conditions(form: HTMLFormElement): void {
  const apply = (): void => {
    for (const box of form.querySelectorAll<HTMLElement>('[data-hide-key]')) {
      const value = current(form, box.dataset['hideKey'] ?? '');
      const equal = value === (box.dataset['hideValue'] ?? '');
      const hide = box.dataset['hideOp'] === '=' ? equal : !equal;
      box.hidden = hide;
      box.querySelectorAll<HTMLInputElement>('input, select, textarea').forEach((field) => (field.disabled = hide));
    }
  };
  form.addEventListener('change', apply);
  apply();
}

function current(form: HTMLFormElement, key: string): string {
  const value = new FormData(form).get(key);
  const box = form.querySelector<HTMLInputElement>(`input[type="checkbox"][name="${CSS.escape(key)}"]`);
  if (box) return String(box.checked);
  return typeof value === 'string' ? value : '';
}

/** Demonstration accounts: one tap fills the sign-in form. */
function fill(button: HTMLButtonElement): void {
  button.addEventListener('click', () => {
    const put = (name: string, value: string | undefined): void => {
      const field = document.querySelector<HTMLInputElement>(`input[name="${name}"]`);
      if (field) field.value = value ?? '';
    };
    put('username', button.dataset['fillUsername']);
    put('password', button.dataset['fillPassword']);
    document.querySelector<HTMLFormElement>('form[data-sign-in]')?.requestSubmit();
  });
}
