/** <form-viewer>: a Camunda Form that submits JSON to the server, shows its answers and keeps a draft there. */
import { FormDraft } from './form-draft';
import type { FormHandle, PlacedError } from './form-js';
import { FormSteps } from './form-steps';
import { FormWarnings } from './form-warnings';
import { type FieldError, type ProblemBody, newKey, send } from './http';
import { device, shell } from './offline/device';
import { addAllChosen, photoCard } from './photo';
import { text } from './texts';

/** Minutes, as Date counts them. */
const CHINA = -480;

type Data = Record<string, unknown>;

class FormViewer extends HTMLElement {
  private form: FormHandle | undefined;
  private steps: FormSteps | undefined;
  private draft: FormDraft | undefined;
  private warnings: FormWarnings | undefined;
  private key = newKey();
  private busy = false;
  private host = document.createElement('div');
  private pageTitle = document.title;

  async connectedCallback(): Promise<void> {
    if (this.form || this.dataset['state']) return;
    this.dataset['state'] = 'loading';
    const host = this.appendChild(this.host);
    host.className = 'loading';
    host.textContent = text('loading');
    const schema = this.json('schema');
    const values = this.json('values');
    const kept = await device.typed(this);
    try {
      const { mountForm } = await import('./form-js');
      host.textContent = '';
      host.className = '';
      this.form = await mountForm(host, schema, { ...values, ...kept });
    } catch (failure) {
      host.textContent = text('broken');
      this.dataset['state'] = 'broken';
      throw failure;
    }
    this.prepare(this.form, Boolean(kept));
    const photo = photoCard();
    const submit = document.querySelector(`[data-submits="${this.id}"]`)?.textContent.trim();
    await device.keepForm(this, { schema, values: { ...values, ...kept }, ...(photo ? { photo } : {}), ...(submit ? { submit } : {}) });
    this.dataset['state'] = 'ready';
  }

  private prepare(form: FormHandle, restored: boolean): void {
    const bar = document.querySelector<HTMLElement>(`[data-submits="${this.id}"]`)?.closest<HTMLElement>('.submit-bar') ?? null;
    this.draft = new FormDraft(
      this,
      { data: () => form.data(), load: (answers) => form.change({ ...this.json('values'), ...answers }) },
      (message) => this.say(message),
    );
    this.warnings = new FormWarnings(this, form, (field) => this.focusOn(form.targetOf(field)));
    if (form.sections.length > 1) {
      this.steps = new FormSteps({
        host: this.host, form, bar,
        check: (section) => this.showErrors(form.validate(section)),
        review: (into) => {
          this.review(into);
          void this.warnings?.review();
        },
      });
    }
    // what the form fills in by itself is no work that could be lost, and who only passes through has written nothing
    let before: string | undefined;
    let written = restored;
    const touch = (): void => void (before ??= JSON.stringify(form.data()));
    for (const event of ['input', 'change', 'click', 'keydown']) this.addEventListener(event, touch, { once: true, capture: true });
    this.zoneNote();
    form.onChange(() => {
      this.key = newKey();
      written ||= before !== undefined && before !== JSON.stringify(form.data());
      if (written) this.draft?.changed();
      this.warnings?.changed();
    });
    form.onSubmit(() => (this.steps && !this.steps.complete ? this.steps.advance() : void this.submit()));
    document.querySelectorAll<HTMLButtonElement>(`[data-submits="${this.id}"]`).forEach((button) => {
      button.disabled = false;
      button.addEventListener('click', () => void this.submit());
    });
    addEventListener('beforeunload', (event) => {
      if (written && this.draft?.unsaved && !this.busy) event.preventDefault();
    });
    if (restored) {
      this.draft.changed();
      this.say(text('restored'));
    }
  }

  /** Times are entered and shown in the zone of the device; where that is not China's, it is said. */
  private zoneNote(): void {
    if (new Date().getTimezoneOffset() === CHINA || !this.querySelector('.fjs-form-field-datetime')) return;
    const note = document.createElement('div');
    note.className = 'note warned';
    note.appendChild(document.createElement('p')).textContent = text('otherZone');
    this.before(note);
  }

  private json(name: string): Data {
    const source = this.dataset[name];
    return source ? ((JSON.parse(source) ?? {}) as Data) : {};
  }

  private async submit(): Promise<void> {
    if (this.busy || !this.form) return;
    if (!this.showErrors(this.form.validate())) return;
    const dialog = document.querySelector<HTMLDialogElement>(`dialog[data-confirms="${this.id}"]`);
    if (dialog && !(await this.confirmed(dialog))) return;
    this.working(true);
    await this.draft?.still();
    await addAllChosen();
    const version = this.dataset['version'];
    const body = { data: this.form.data(), ...(version ? { version: Number(version) } : {}) };
    const url = this.dataset['action'] ?? location.pathname;
    const answer = shell() ? ({ kind: 'offline' } as const) : await send('POST', url, body, { key: this.key });
    if (answer.kind === 'done') {
      this.draft?.finish();
      await device.forget(this);
      if (answer.body.location) location.assign(answer.body.location);
      return;
    }
    this.working(false);
    this.draft?.again();
    if (answer.kind === 'offline') await this.wait(url, body);
    else if (answer.problem.errors?.length) this.showErrors(this.form.place(answer.problem.errors));
    else if (answer.status === 401) this.showProblem({ title: text('sessionOver') }, true);
    else this.showProblem(answer.problem);
  }

  /** Without a line: forms of the field wait on this device, others stay on the page. */
  private async wait(url: string, body: unknown): Promise<void> {
    const waiting = await device.send(this, { url, type: 'application/json', body: JSON.stringify(body), key: this.key });
    if (!waiting) {
      this.showProblem({ title: text('notSent') });
      return;
    }
    this.draft?.finish();
  }

  private working(on: boolean): void {
    this.busy = on;
    document.querySelectorAll(`[data-submits="${this.id}"]`).forEach((button) => button.setAttribute('aria-busy', String(on)));
    this.say(on ? text('sending') : '');
  }

  private say(message: string): void {
    const place = document.querySelector(`[data-status="${this.id}"][data-role="draft"]`);
    if (place) place.textContent = message;
  }

  /** What was entered, in words, with a way back to each field. */
  private review(into: HTMLElement, leave?: () => void): void {
    const parts: HTMLElement[] = [];
    const heading = document.createElement('h3');
    heading.textContent = text('review');
    parts.push(heading);
    for (const section of this.form?.answers() ?? []) {
      const title = document.createElement('h4');
      title.textContent = section.title;
      const list = document.createElement('dl');
      list.className = 'pairs answers';
      for (const answer of section.answers) {
        const label = document.createElement('dt');
        label.textContent = answer.label;
        const value = document.createElement('dd');
        value.append(Object.assign(document.createElement('span'), { textContent: answer.value }));
        const change = value.appendChild(document.createElement('button'));
        change.type = 'button';
        change.className = 'button quiet small';
        change.textContent = text('change');
        change.setAttribute('aria-label', text('changeField', { label: answer.label }));
        change.addEventListener('click', () => {
          leave?.();
          this.focusOn(this.form?.targetOf(answer.field) ?? null);
        });
        list.append(label, value);
      }
      if (section.title) parts.push(title);
      parts.push(list);
    }
    into.replaceChildren(...parts);
  }

  private focusOn(element: HTMLElement | null): void {
    this.steps?.reveal(element);
    element?.focus();
    element?.scrollIntoView({ block: 'center' });
  }

  private confirmed(dialog: HTMLDialogElement): Promise<boolean> {
    const place = dialog.querySelector<HTMLElement>('[data-review]');
    if (place) this.review(place, () => dialog.close('change'));
    return new Promise((resolve) => {
      dialog.returnValue = '';
      dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'), { once: true });
      dialog.showModal();
      dialog.scrollTop = 0;
    });
  }

  /** The summary on top repeats the words beside the fields and links to them; the first one is in focus. */
  private showErrors(errors: (FieldError & Pick<PlacedError, 'target'>)[]): boolean {
    this.querySelector('.errors')?.remove();
    document.title = errors.length ? text('errorTitlePrefix') + this.pageTitle : this.pageTitle;
    if (!errors.length) return true;
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
        this.focusOn(document.getElementById(id));
      });
    }
    this.prepend(box);
    (box.querySelector('a') ?? box).focus();
    box.scrollIntoView({ block: 'nearest' });
    return false;
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

customElements.define('form-viewer', FormViewer);
