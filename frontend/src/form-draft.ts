/** Unfinished answers: on the server, so that they follow the person; on the device while there is no line. */
import type { FormHandle } from './form-js';
import { chinese, send } from './http';
import { device, shell } from './offline/device';
import { text } from './texts';

const DELAY = 4000;

export const clockTime = (at: string | number | Date): string =>
  new Date(at).toLocaleTimeString(chinese() ? 'zh-CN' : 'en-GB', { hour: '2-digit', minute: '2-digit' });

export class FormDraft {
  unsaved = false;
  private readonly url: string | undefined;
  private version: number;
  private timer = 0;
  private saving = false;
  private over = false;

  constructor(
    private readonly viewer: HTMLElement,
    private readonly form: FormHandle,
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

  /** What it was for is done: nothing more is saved. */
  finish(): void {
    this.over = true;
    this.unsaved = false;
    clearTimeout(this.timer);
  }

  private async save(leaving: boolean): Promise<void> {
    if ((!this.url && !shell()) || !this.unsaved || this.saving || this.over) return;
    clearTimeout(this.timer);
    this.saving = true;
    this.unsaved = false;
    const data = this.form.data();
    const answer = this.url && !shell()
      ? await send('PUT', this.url, { data, version: this.version }, { keepalive: leaving })
      : ({ kind: 'offline' } as const);
    this.saving = false;
    if (this.over) return;
    if (answer.kind === 'done') {
      this.version = answer.body.version ?? this.version;
      this.say(text('draftSaved', { time: clockTime(answer.body.savedAt ?? Date.now()) }));
      await device.synced(this.viewer);
      return;
    }
    this.unsaved = true;
    if (answer.kind === 'offline') {
      const here = await device.keepTyped(this.viewer, data);
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
    const values = JSON.parse(this.viewer.dataset['values'] ?? '{}') as Record<string, unknown>;
    await this.form.change({ ...values, ...answer.body.data });
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
