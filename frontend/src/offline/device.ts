/** What forms ask of the device they are filled in on: keep, restore, send later. Only forms of the field are ever kept. */
import { chinese, meta } from '../http';
import { text } from '../texts';
import { type PictureOf, type Waiting, add, addPicture, entries, fits, flush } from './outbox';
import { able, get, lastAccount, put, remove } from './vault';

type Data = Record<string, unknown>;

/** A form as it can be shown again without the server. */
export interface KeptForm {
  title: string;
  /** A Camunda Form, or the page's own plain form. */
  schema?: Data;
  html?: string;
  /** The form beside it that takes pictures. */
  photo?: string;
  /** What its button says. */
  submit?: string;
  values?: Data;
  action?: string;
  version?: string;
  /** What was typed and is not on the server yet. */
  typed?: unknown;
}

/** This page was put in place of one that could not be loaded. */
export const shell = (): boolean => document.body.dataset['offlineShell'] !== undefined;

export async function account(): Promise<string | undefined> {
  if (!able() || (!shell() && !meta('offline'))) return undefined;
  return meta('account') || (shell() ? await lastAccount() : undefined);
}

/** The address without what only says how it is shown. */
export function page(): string {
  const number = new URLSearchParams(location.search).get('case');
  return location.pathname + (number ? `?case=${encodeURIComponent(number)}` : '');
}

const title = (): string => document.querySelector('h1')?.textContent.trim() ?? document.title;

const language = (): string => (chinese() ? 'zh-CN' : 'en');

/** Browsers that can send what waits also after the page is gone. */
async function askForSync(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration();
  await quietly(async () => (registration as unknown as { sync?: { register(tag: string): Promise<void> } })?.sync?.register('outbox'));
}

const forField = (element: HTMLElement): boolean => element.dataset['offline'] === 'true';

async function kept(element: HTMLElement): Promise<{ who: string; form: KeptForm } | undefined> {
  const who = forField(element) ? await account() : undefined;
  const found = who ? await get<KeptForm>('forms', who, page()) : undefined;
  return who && found ? { who, form: found.value } : undefined;
}

/** Storage that fails must never keep anybody from working. */
async function quietly<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch {
    return undefined;
  }
}

export const device = {
  /** Answers typed here before that the server does not have. */
  typed: (element: HTMLElement): Promise<Data | undefined> =>
    quietly(async () => (await kept(element))?.form.typed as Data | undefined),

  keepForm: (element: HTMLElement, form: Omit<KeptForm, 'title'>): Promise<void> =>
    quietly(async () => {
      const who = forField(element) && !shell() ? await account() : undefined;
      if (!who) return;
      const before = (await get<KeptForm>('forms', who, page()))?.value;
      const { action, version } = element.dataset;
      await put('forms', who, page(), {
        ...form, title: title(), ...(action ? { action } : {}), ...(version ? { version } : {}),
        ...(before?.typed === undefined ? {} : { typed: before.typed }),
      } satisfies KeptForm);
    }).then(() => undefined),

  /** True when it is safe on this device. */
  keepTyped: (element: HTMLElement, typed: unknown): Promise<boolean> =>
    quietly(async () => {
      const found = await kept(element);
      if (!found) return false;
      await put('forms', found.who, page(), { ...found.form, typed } satisfies KeptForm);
      return true;
    }).then((done) => done ?? false),

  /** The server has it now. */
  synced: (element: HTMLElement): Promise<void> =>
    quietly(async () => {
      const found = await kept(element);
      if (found?.form.typed === undefined) return;
      const { typed: _gone, ...rest } = found.form;
      await put('forms', found.who, page(), rest);
    }).then(() => undefined),

  /** Done: a task is not filled in twice, a start may be. */
  forget: async (element: HTMLElement): Promise<void> => {
    if (page().startsWith('/work-items/')) await quietly(async () => (await kept(element)) && remove('forms', page()));
    else await device.synced(element);
  },

  /** Puts a picture into the outbox; says why where this device cannot. */
  picture: async (element: HTMLElement, of: { url: string; key: string; picture: PictureOf; bytes: ArrayBuffer }): Promise<'kept' | 'full' | 'no'> => {
    try {
      const who = forField(element) ? await account() : undefined;
      if (!who) return 'no';
      if (!fits((await entries(who)).map((entry) => entry.value), of.picture.size)) return 'full';
      const { url, key, picture } = of;
      const name = text('pictureOf', { title: title() });
      await addPicture(who, { url, key, picture, page: page(), title: name, type: 'multipart/form-data', body: '', lang: language() }, of.bytes);
      await askForSync();
      return 'kept';
    } catch (failure) {
      return failure instanceof DOMException && failure.name === 'QuotaExceededError' ? 'full' : 'no';
    }
  },

  /** Pictures of this page that wait. */
  pictures: (): Promise<number> =>
    quietly(async () => {
      const who = await account();
      return who ? (await entries(who)).filter((entry) => entry.value.picture && entry.value.page === page()).length : 0;
    }).then((n) => n ?? 0),

  /** Puts it into the outbox and says so on the page; false where this device may not keep it. */
  send: (element: HTMLElement, message: Pick<Waiting, 'url' | 'type' | 'body' | 'key'>): Promise<boolean> =>
    quietly(async () => {
      const who = forField(element) ? await account() : undefined;
      if (!who) return false;
      await add(who, { ...message, page: page(), title: title(), lang: language() });
      await device.synced(element);
      show();
      await askForSync();
      if (shell()) void flush();
      return true;
    }).then((done) => done ?? false),
};

/** Instead of the form: it is safe, and what happens next. */
function show(): void {
  const main = document.querySelector('main');
  if (!main) return;
  const box = document.createElement('div');
  box.className = 'narrow stack';
  const card = box.appendChild(document.createElement('section'));
  card.className = 'card receipt waits';
  card.setAttribute('role', 'status');
  card.tabIndex = -1;
  card.appendChild(icon('clock'));
  card.appendChild(document.createElement('h1')).textContent = text('waitingTitle');
  card.appendChild(document.createElement('p')).textContent = text('waitingLead');
  main.replaceChildren(box);
  card.focus();
}

export function icon(name: string): SVGElement {
  const namespace = 'http://www.w3.org/2000/svg';
  const drawing = document.createElementNS(namespace, 'svg');
  drawing.setAttribute('class', 'icon');
  drawing.setAttribute('aria-hidden', 'true');
  drawing.appendChild(document.createElementNS(namespace, 'use')).setAttribute('href', `#i-${name}`);
  return drawing;
}
