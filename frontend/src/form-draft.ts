/** Unfinished answers: on the server, so that they follow the person; on the device while there is no line. */
import { chinese, send } from './http';
import { device, shell } from './offline/device';
import { text } from './texts';

const DELAY = 4000;
const PATIENCE = 2000;

export const clockTime = (at: string | number | Date): string =>
  new Date(at).toLocaleTimeString(chinese() ? 'zh-CN' : 'en-GB', { hour: '2-digit', minute: '2-digit' });

/** What is being filled in. */
export interface Drafted {
  /** Answers for the server. */
  data(): Record<string, unknown>;
  /** Answers for this device, where they look different. */
  typed?(): unknown;
  /** Shows the answers saved elsewhere. */
  load(answers: Record<string, unknown>): Promise<void>;
  /** What the server says to answers it has saved. */
  saved?(warnings: string[]): void;
}

export class FormDraft {
  unsaved = false;
  private readonly url: string | undefined;
  private version: number;
  private timer = 0;
  private saving: Promise<void> | undefined;
  private sending = false;
  private over = false;

  constructor(
    private readonly viewer: HTMLElement,
    private readonly form: Drafted,
    private readonly say: (message: string) => void,
  ) {
    this.url = viewer.dataset['draft'];
    this.version = Number(viewer.dataset['draftVersion'] ?? 0);
    const leaving = (): void => void this.save(true);
    document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && leaving());
    addEventListener('pagehide', leaving);
    document.querySelector(`[data-drop-draft="${viewer.id}"]`)?.addEventListener('click', () => void this.drop());
  }

  changed(): void {
    if (this.over) return;
    this.unsaved = true;
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.save(false), DELAY);
  }

  /** Nothing is on its way to the server while the form is sent: a draft that comes after it would outlive it. */
  async still(): Promise<void> {
    this.sending = true;
    clearTimeout(this.timer);
    // a broken line must not hold up an alarm
    await Promise.race([this.saving, new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
  }

  /** It was not sent after all. */
  again(): void {
    this.sending = false;
    if (this.unsaved) this.changed();
  }

  /** What it was for is done: nothing more is saved. */
  finish(): void {
    this.over = true;
    this.unsaved = false;
    clearTimeout(this.timer);
  }

  private async save(leaving: boolean): Promise<void> {
    if ((!this.url && !shell()) || !this.unsaved || this.saving || this.over || this.sending) return;
    clearTimeout(this.timer);
    this.saving = this.store(leaving).finally(() => (this.saving = undefined));
    await this.saving;
  }

  private async store(leaving: boolean): Promise<void> {
    this.unsaved = false;
    const data = this.form.data();
    const answer = this.url && !shell()
      ? await send('PUT', this.url, { data, version: this.version }, { keepalive: leaving })
      : ({ kind: 'offline' } as const);
    if (this.over) return;
    if (answer.kind === 'done') {
      this.version = answer.body.version ?? this.version;
      this.say(text('draftSaved', { time: clockTime(answer.body.savedAt ?? Date.now()) }));
      this.form.saved?.(answer.body.warnings ?? []);
      await device.synced(this.viewer);
      return;
    }
    this.unsaved = true;
    if (answer.kind === 'offline') {
      const here = await device.keepTyped(this.viewer, this.form.typed ? this.form.typed() : data);
      if (here) this.unsaved = false;
      this.say(here ? text('draftSavedHere', { time: clockTime(Date.now()) }) : text('draftFailed'));
    } else if (answer.status === 409 && answer.problem.type?.endsWith('draft-changed')) {
      this.ask(answer.problem.savedAt ?? '', answer.problem.version ?? 0);
    } else {
      this.say(answer.status === 409 || answer.status === 403 ? (answer.problem.title ?? '') : text('draftFailed'));
    }
  }

  /** Another device saved something this one has not seen: the person chooses, nothing is lost unasked. */
  private ask(savedAt: string, version: number): void {
    if (this.viewer.querySelector('[data-conflict]')) return;
    const box = document.createElement('div');
    box.className = 'note warned stack';
    box.dataset['conflict'] = '';
    box.setAttribute('role', 'alert');
    const inner = box.appendChild(document.createElement('div'));
    inner.appendChild(document.createElement('p')).textContent = text('draftChanged', { time: savedAt ? clockTime(savedAt) : '' });
    const actions = inner.appendChild(document.createElement('div'));
    actions.className = 'actions';
    const choice = (label: string, act: () => void): void => {
      const button = actions.appendChild(document.createElement('button'));
      button.type = 'button';
      button.className = 'button';
      button.textContent = label;
      button.addEventListener('click', () => {
        box.remove();
        act();
      });
    };
    choice(text('draftTheirs'), () => void this.theirs());
    choice(text('draftMine'), () => {
      this.version = version;
      this.unsaved = true;
      void this.save(false);
    });
    this.viewer.prepend(box);
  }

  private async theirs(): Promise<void> {
    const answer = this.url ? await send('GET', this.url, undefined) : undefined;
    if (answer?.kind !== 'done' || !answer.body.data) return;
    await this.form.load(answer.body.data);
    this.version = answer.body.version ?? 0;
    this.unsaved = false;
    this.say(text('draftSaved', { time: clockTime(answer.body.savedAt ?? Date.now()) }));
  }

  private async drop(): Promise<void> {
    if (!this.url) return;
    this.finish();
    await send('DELETE', this.url, undefined);
    await device.forget(this.viewer);
    location.reload();
  }
}
