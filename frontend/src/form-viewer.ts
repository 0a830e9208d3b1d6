/** <form-viewer>: a Camunda Form that submits JSON to the server, shows its answers and keeps a draft there. */
import { type FieldError, type ProblemBody, chinese, newKey, send } from './http';
import { text } from './texts';
import type { FormHandle } from './form-js';

const DRAFT_DELAY = 4000;

class FormViewer extends HTMLElement {
  private form: FormHandle | undefined;
  private key = newKey();
  private busy = false;
  private unsaved = false;
  private timer = 0;
  private pageTitle = document.title;

  async connectedCallback(): Promise<void> {
    if (this.form || this.dataset['state']) return;
    this.dataset['state'] = 'loading';
    const host = this.appendChild(document.createElement('div'));
    host.className = 'loading';
    host.textContent = text('loading');
    try {
      const { mountForm } = await import('./form-js');
      host.textContent = '';
      host.className = '';
      this.form = await mountForm(host, this.json('schema'), this.json('values'));
    } catch (failure) {
      host.textContent = text('broken');
      this.dataset['state'] = 'broken';
      throw failure;
    }
    this.form.onChange(() => this.changed());
    this.form.onSubmit(() => void this.submit());
    document.querySelectorAll<HTMLButtonElement>(`[data-submits="${this.id}"]`).forEach((button) => {
      button.disabled = false;
      button.addEventListener('click', () => void this.submit());
    });
    const draft = () => void this.saveDraft(true);
    document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && draft());
    addEventListener('pagehide', draft);
    addEventListener('beforeunload', (event) => {
      if (this.unsaved && !this.busy) event.preventDefault();
    });
    this.dataset['state'] = 'ready';
  }

  private json(name: string): Record<string, unknown> {
    const source = this.dataset[name];
    return source ? ((JSON.parse(source) ?? {}) as Record<string, unknown>) : {};
  }

  private changed(): void {
    this.unsaved = true;
    this.key = newKey();
    clearTimeout(this.timer);
    if (this.dataset['draft']) this.timer = window.setTimeout(() => void this.saveDraft(false), DRAFT_DELAY);
  }

  private async saveDraft(leaving: boolean): Promise<void> {
    const url = this.dataset['draft'];
    if (!url || !this.unsaved || this.busy || !this.form) return;
    clearTimeout(this.timer);
    this.unsaved = false;
    const answer = await send('PUT', url, { data: this.form.data() }, { keepalive: leaving });
    if (answer.kind === 'done') {
      const time = new Date().toLocaleTimeString(chinese() ? 'zh-CN' : 'en-GB', { hour: '2-digit', minute: '2-digit' });
      this.say('draft', text('draftSaved', { time }));
    } else {
      this.unsaved = true;
      this.say('draft', text('draftFailed'));
    }
  }

  private async submit(): Promise<void> {
    if (this.busy || !this.form) return;
    const wrong = this.form.validate();
    this.showErrors(wrong);
    if (wrong.length > 0) return;
    const dialog = document.querySelector<HTMLDialogElement>(`dialog[data-confirms="${this.id}"]`);
    if (dialog && !(await confirmed(dialog))) return;
    this.working(true);
    const version = this.dataset['version'];
    const body = { data: this.form.data(), ...(version ? { version: Number(version) } : {}) };
    const answer = await send('POST', this.dataset['action'] ?? location.pathname, body, { key: this.key });
    if (answer.kind === 'done') {
      this.unsaved = false;
      if (answer.body.location) location.assign(answer.body.location);
      return;
    }
    this.working(false);
    if (answer.kind === 'offline') this.showProblem({ title: text('notSent') });
    else if (answer.problem.errors?.length) this.showErrors(this.form.place(answer.problem.errors));
    else if (answer.status === 401) this.showProblem({ title: text('sessionOver') }, true);
    else this.showProblem(answer.problem);
  }

  private working(on: boolean): void {
    this.busy = on;
    document.querySelectorAll(`[data-submits="${this.id}"]`).forEach((button) => button.setAttribute('aria-busy', String(on)));
    this.say('draft', on ? text('sending') : '');
  }

  private say(role: string, message: string): void {
    const place = document.querySelector(`[data-status="${this.id}"][data-role="${role}"]`);
    if (place) place.textContent = message;
  }

  /** The summary on top repeats the words beside the fields and links to them. */
  private showErrors(errors: (FieldError & { target?: string })[]): void {
    this.querySelector('.errors')?.remove();
    document.title = errors.length ? text('errorTitlePrefix') + this.pageTitle : this.pageTitle;
    if (!errors.length) return;
    const box = summary(text('errorsTitle'));
    const list = box.appendChild(document.createElement('ul'));
    for (const error of errors) {
      const item = list.appendChild(document.createElement('li'));
      const id = error.target;
      if (!id) {
        item.textContent = error.message;
        continue;
      }
      const link = item.appendChild(document.createElement('a'));
      link.href = `#${id}`;
      link.textContent = error.message;
      link.addEventListener('click', (event) => {
        event.preventDefault();
        document.getElementById(id)?.focus();
        document.getElementById(id)?.scrollIntoView({ block: 'center' });
      });
    }
    this.prepend(box);
    box.focus();
  }

  private showProblem(problem: ProblemBody, signIn = false): void {
    this.querySelector('.errors')?.remove();
    const box = summary(problem.title ?? text('failed'));
    if (problem.detail) box.appendChild(document.createElement('p')).textContent = problem.detail;
    if (signIn) {
      const link = box.appendChild(document.createElement('a'));
      link.href = location.href;
      link.textContent = text('signIn');
    }
    this.prepend(box);
    box.focus();
  }
}

function summary(title: string): HTMLElement {
  const box = document.createElement('div');
  box.className = 'errors';
  box.tabIndex = -1;
  box.setAttribute('role', 'alert');
  box.appendChild(document.createElement('h2')).textContent = title;
  return box;
}

function confirmed(dialog: HTMLDialogElement): Promise<boolean> {
  return new Promise((resolve) => {
    dialog.returnValue = '';
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'), { once: true });
    dialog.showModal();
  });
}

customElements.define('form-viewer', FormViewer);
