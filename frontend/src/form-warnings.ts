/** What the rules only warn of, told while the form is filled in and before it is sent; it never keeps anybody from sending. */
import type { FormHandle } from './form-js';
import { type FieldError, send } from './http';
import { shell } from './offline/device';
import { text } from './texts';

const DELAY = 1500;

interface Told {
  errors?: FieldError[];
  warnings?: FieldError[];
}

export class FormWarnings {
  private readonly url: string | undefined;
  private readonly box = document.createElement('div');
  private timer = 0;
  private asked = 0;

  constructor(
    viewer: HTMLElement,
    private readonly form: FormHandle,
    private readonly goTo: (field: string) => void,
  ) {
    this.url = shell() ? undefined : viewer.dataset['check'];
    // there before it says something, so that a screen reader hears it
    this.box.setAttribute('role', 'status');
    viewer.append(this.box);
  }

  changed(): void {
    if (!this.url) return;
    clearTimeout(this.timer);
    // whoever signs has answered what there was to answer: now every rule speaks
    this.timer = window.setTimeout(() => void this.ask(this.form.data()['signature'] !== true), DELAY);
  }

  /** Everything the rules say to the answers as they are; those that would refuse them too. */
  async review(): Promise<void> {
    const said = await this.ask(false);
    if (said) this.draw(said);
  }

  private async ask(answeredOnly: boolean): Promise<Told | undefined> {
    if (!this.url) return undefined;
    clearTimeout(this.timer);
    const turn = ++this.asked;
    const answer = await send('POST', this.url, { data: this.form.data(), answeredOnly });
    // no line, or a newer question: the answer to the form itself says it all the same
    if (answer.kind !== 'done' || turn !== this.asked) return undefined;
    const said = answer.body as unknown as Told;
    this.draw({ warnings: said.warnings ?? [] });
    return said;
  }

  private draw({ errors = [], warnings = [] }: Told): void {
    const lines = [...errors, ...warnings];
    const now = lines.map(key).join(' ');
    if (this.box.dataset['of'] === now) return;
    this.box.dataset['of'] = now;
    this.box.className = lines.length ? 'note warned warnings' : '';
    if (!lines.length) {
      this.box.replaceChildren();
      return;
    }
    const inner = document.createElement('div');
    const part = (title: string, list: FieldError[]): void => {
      if (!list.length) return;
      inner.appendChild(document.createElement('p')).appendChild(document.createElement('strong')).textContent = title;
      const rows = inner.appendChild(document.createElement('ul'));
      list.forEach((one) => rows.appendChild(this.row(one)));
    };
    part(text('rulesRefuse'), errors);
    part(text('rulesWarn'), warnings);
    this.box.replaceChildren(inner);
  }

  private row(one: FieldError): HTMLLIElement {
    const item = document.createElement('li');
    const field = this.form.fieldAt(one.pointer);
    if (!field || !this.form.targetOf(field)) {
      item.textContent = one.message;
      return item;
    }
    const link = item.appendChild(document.createElement('a'));
    link.href = '#';
    link.textContent = one.message;
    link.addEventListener('click', (event) => {
      event.preventDefault();
      this.goTo(field);
    });
    return item;
  }
}

const key = (one: FieldError): string => `${one.rule ?? ''}@${one.pointer}`;
