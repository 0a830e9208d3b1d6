/** A form of sections: one a screen on a phone; all at once on a wide screen, with an index beside it. */
import type { FormHandle } from './form-js';
import { text } from './texts';

const PHONE = matchMedia('(max-width: 48rem)');

interface Owner {
  readonly host: HTMLElement;
  readonly form: FormHandle;
  readonly bar: HTMLElement | null;
  /** Shows what is wrong in the section; true when nothing is. */
  check(section: string): boolean;
  /** Draws the answers into the element. */
  review(into: HTMLElement): void;
}

export class FormSteps {
  private at: string;
  private readonly head = document.createElement('div');
  /** Told when it changes; the heading itself takes the focus. */
  private readonly where = document.createElement('p');
  private readonly meter = document.createElement('progress');
  private readonly heading = document.createElement('h2');
  private readonly reviewBox = document.createElement('div');
  private readonly back = button('button', text('back'));
  private readonly next = button('button primary', text('next'));
  private readonly index = document.querySelector<HTMLElement>('[data-form-index]');
  private frame = 0;

  constructor(private readonly owner: Owner) {
    this.at = owner.form.sections[0]?.id ?? '';
    this.head.className = 'step-head';
    this.where.className = 'muted small';
    this.where.setAttribute('role', 'status');
    this.meter.setAttribute('aria-hidden', 'true');
    this.heading.tabIndex = -1;
    this.head.append(this.where, this.meter, this.heading);
    this.reviewBox.className = 'review';
    owner.host.before(this.head, this.reviewBox);
    owner.bar?.prepend(this.back);
    owner.bar?.querySelector('[data-submits]')?.before(this.next);
    this.back.addEventListener('click', () => this.go(-1));
    this.next.addEventListener('click', () => owner.check(this.at) && this.go(1));
    PHONE.addEventListener('change', () => this.draw());
    // conditions of the form bring sections in and take them away
    new MutationObserver(() => this.later()).observe(owner.host, { childList: true, subtree: true });
    addEventListener('scroll', () => this.later(), { passive: true });
    this.draw();
  }

  get stepwise(): boolean {
    return PHONE.matches && this.visible().length > 1;
  }

  private visible(): string[] {
    // a section is there when there is something in it to answer or to read
    return this.owner.form.sections.map((section) => section.id).filter((id) => this.owner.form.rowOf(id)?.querySelector('.fjs-form-field .fjs-form-field'));
  }

  private get last(): boolean {
    return this.visible().at(-1) === this.at;
  }

  private later(): void {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => this.draw());
  }

  /** Whether what is typed so far may be sent from here. */
  get complete(): boolean {
    return !this.stepwise || this.last;
  }

  advance(): void {
    this.next.click();
  }

  private go(by: number): void {
    const all = this.visible();
    const to = all[all.indexOf(this.at) + by];
    if (to) this.show(to);
  }

  show(section: string): void {
    this.at = section;
    this.draw();
    if (this.stepwise) {
      this.heading.focus({ preventScroll: true });
      scrollTo({ top: 0 });
    }
  }

  /** Brings the section of an element into sight. */
  reveal(element: Element | null): void {
    const section = element && this.owner.form.sectionOf(element);
    if (section && this.stepwise && section !== this.at) {
      this.at = section;
      this.draw();
    }
  }

  private draw(): void {
    const all = this.visible();
    if (!all.includes(this.at)) this.at = all[0] ?? '';
    const steps = this.stepwise;
    this.owner.host.toggleAttribute('data-steps', steps);
    for (const section of this.owner.form.sections) {
      this.owner.form.rowOf(section.id)?.toggleAttribute('data-off', steps && section.id !== this.at);
    }
    this.head.hidden = !steps;
    this.back.hidden = !steps || all[0] === this.at;
    this.next.hidden = !steps || this.last;
    const submit = this.owner.bar?.querySelector<HTMLElement>('[data-submits]');
    if (submit) submit.hidden = steps && !this.last;
    const reviewing = steps && this.last;
    if (reviewing && this.reviewBox.hidden !== false) this.owner.review(this.reviewBox);
    this.reviewBox.hidden = !reviewing;
    if (steps) this.drawHead(all);
    this.drawIndex(all);
  }

  private drawHead(all: string[]): void {
    const n = all.indexOf(this.at);
    const title = this.owner.form.sections.find((section) => section.id === this.at)?.title ?? '';
    if (this.head.dataset['at'] === `${this.at} ${all.length}`) return;
    this.head.dataset['at'] = `${this.at} ${all.length}`;
    this.where.textContent = text('stepOf', { n: String(n + 1), total: String(all.length) });
    this.meter.max = all.length;
    this.meter.value = n + 1;
    this.heading.textContent = title;
  }

  private drawIndex(all: string[]): void {
    const index = this.index;
    if (!index) return;
    index.hidden = PHONE.matches || all.length < 3;
    if (index.hidden) return;
    if (index.dataset['of'] !== all.join(' ')) {
      index.dataset['of'] = all.join(' ');
      const heading = document.createElement('h2');
      heading.textContent = text('index');
      const list = document.createElement('ol');
      for (const section of this.owner.form.sections.filter((one) => all.includes(one.id))) {
        const link = list.appendChild(document.createElement('li')).appendChild(document.createElement('a'));
        link.href = `#${section.id}`;
        link.textContent = section.title;
        link.dataset['section'] = section.id;
        link.addEventListener('click', (event) => {
          event.preventDefault();
          const row = this.owner.form.rowOf(section.id);
          row?.scrollIntoView({ block: 'start' });
          row?.querySelector<HTMLElement>('input, textarea, select, button')?.focus({ preventScroll: true });
        });
      }
      index.replaceChildren(heading, list);
    }
    // the last section whose head has passed the upper third of the window is where the reader is
    const line = innerHeight / 3;
    const here = all.filter((id) => (this.owner.form.rowOf(id)?.getBoundingClientRect().top ?? Infinity) < line).at(-1) ?? all[0];
    for (const link of index.querySelectorAll<HTMLAnchorElement>('a')) {
      if (link.dataset['section'] === here) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
    }
  }
}

function button(kind: string, label: string): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = kind;
  made.textContent = label;
  made.hidden = true;
  return made;
}
