/** The state of the line and of what waits, on every page; and the end of everything kept here when somebody signs out. */
import { clockTime } from '../form-draft';
import { chinese } from '../http';
import { text } from '../texts';
import { type KeptForm, account, icon, shell } from './device';
import { type Outcome, type Waiting, again as retry, discard, entries, flush, inTurn, onChange } from './outbox';
import { type Kept, able, erase, get, here, put } from './vault';

const RETRY = 20_000;

let bar: HTMLElement;
let list: HTMLUListElement;
let end: Outcome['end'] = 'done';
let said: Outcome['sent'] = [];

export async function watchLine(): Promise<void> {
  if (!able() || !('locks' in navigator)) return;
  const who = await account();
  if (!who) return;
  if (!shell()) {
    await here(who);
    // the language is part of the address: the page that is kept speaks it
    void navigator.serviceWorker?.register(`/sw.js?lang=${chinese() ? 'zh' : 'en'}`, { scope: '/' }).catch(() => undefined);
  }
  build();
  onChange((sent) => {
    said = [...said, ...sent.filter((one) => !said.some((before) => before.location === one.location))];
    void draw();
  });
  for (const event of ['online', 'offline']) addEventListener(event, () => void attempt());
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && void attempt());
  setInterval(() => void attempt(), RETRY);
  signOut(who);
  await attempt();
}

async function attempt(): Promise<void> {
  const who = await account();
  const waiting = who ? (await entries(who)).some((entry) => !entry.value.refused) : false;
  if (waiting && navigator.onLine) {
    const outcome = await flush();
    // what was sent is told over the channel, to this page too
    end = outcome.end;
  }
  await draw();
}

function build(): void {
  bar = document.createElement('section');
  bar.className = 'line';
  bar.hidden = true;
  bar.setAttribute('aria-label', text('waiting'));
  const status = bar.appendChild(document.createElement('p'));
  status.setAttribute('role', 'status');
  list = bar.appendChild(document.createElement('ul'));
  document.querySelector('header.top')?.after(bar);
}

async function draw(): Promise<void> {
  const who = await account();
  const kept = who ? inTurn(await entries(who)) : [];
  const refused = kept.filter((entry) => entry.value.refused);
  const waiting = kept.filter((entry) => !entry.value.refused);
  const pictures = waiting.filter((entry) => entry.value.picture);
  const papers = waiting.length - pictures.length;
  const words = [
    ...(navigator.onLine ? [] : [text('offlineNow')]),
    ...(papers ? [text('waitingCount', { n: String(papers) })] : []),
    ...(pictures.length ? [text('picturesCount', { n: String(pictures.length) })] : []),
    ...(refused.length ? [text('refusedCount', { n: String(refused.length) })] : []),
    ...(end === 'signin' && waiting.length ? [text('signInToSend')] : []),
  ];
  const status = bar.querySelector('p');
  const line = words.join(' · ');
  if (status && status.textContent !== line) status.textContent = line;
  list.replaceChildren(...said.map(sentRow), ...together(kept).map(row), ...(shell() && navigator.onLine ? [again()] : []));
  bar.hidden = words.length === 0 && list.childElementCount === 0;
  bar.classList.toggle('bad', refused.length > 0);
}

/** The page that could not be loaded can be now; nobody is taken away from what he is typing. */
function again(): HTMLLIElement {
  const item = document.createElement('li');
  item.append(Object.assign(document.createElement('span'), { textContent: text('backOnline') }));
  const link = item.appendChild(document.createElement('a'));
  link.href = location.href;
  link.className = 'button small';
  link.textContent = text('reopen');
  return item;
}

function sentRow(one: { title: string; location: string }): HTMLLIElement {
  const item = document.createElement('li');
  item.className = 'sent';
  item.append(icon('check'), Object.assign(document.createElement('span'), { textContent: text('sentNow', { title: one.title }) }));
  const link = item.appendChild(document.createElement('a'));
  link.href = one.location;
  link.className = 'button small';
  link.textContent = text('see');
  return item;
}

/** Pictures of one page are one line, however many they are. */
function together(kept: Kept<Waiting>[]): (Kept<Waiting> & { n?: number })[] {
  const same = (entry: Kept<Waiting>): string => (entry.value.picture && !entry.value.refused ? entry.value.page : entry.id);
  const lines = new Map<string, Kept<Waiting> & { n: number }>();
  for (const entry of kept) {
    const before = lines.get(same(entry));
    if (before) before.n += 1;
    else lines.set(same(entry), { ...entry, n: 1 });
  }
  return [...lines.values()];
}

function row(entry: Kept<Waiting> & { n?: number }): HTMLLIElement {
  const item = document.createElement('li');
  const { refused } = entry.value;
  item.append(icon(refused ? 'alert' : 'clock'));
  const words = item.appendChild(document.createElement('div'));
  words.appendChild(document.createElement('strong')).textContent = (entry.n ?? 1) > 1 ? `${entry.value.title} × ${entry.n}` : entry.value.title;
  words.appendChild(document.createElement('p')).textContent = refused
    ? `${text('refused')} · ${refused.status ? refused.title : text('pictureLost')}`
    : `${text('waiting')} · ${text('waitingSince', { time: clockTime(entry.at) })}`;
  const act = (label: string, run: () => void): void => {
    const button = item.appendChild(document.createElement('button'));
    button.type = 'button';
    button.className = 'button small';
    button.textContent = label;
    button.addEventListener('click', run);
  };
  if (!refused) {
    if (navigator.onLine) act(text('sendNow'), () => void attempt());
    return item;
  }
  words.appendChild(document.createElement('p')).textContent = `${refused.detail} ${text('conflictHint')}`;
  if (entry.value.picture) act(text('pictureRetry'), () => void sendAgain(entry));
  else act(text('openAndCorrect'), () => void reopen(entry));
  act(text('discard'), () => {
    if (confirm(text('discardSure'))) void discard(entry.id).then(draw);
  });
  return item;
}

async function sendAgain(entry: Kept<Waiting>): Promise<void> {
  const who = await account();
  if (!who) return;
  await retry(who, entry);
  await attempt();
}

/** Back to the page with everything that was typed. */
async function reopen(entry: Kept<Waiting>): Promise<void> {
  const who = await account();
  if (!who) return;
  const { page, type, body, title } = entry.value;
  const before = (await get<KeptForm>('forms', who, page))?.value ?? { title };
  const typed: unknown = type === 'application/json' ? (JSON.parse(body) as { data: unknown }).data : body;
  await put('forms', who, page, { ...before, typed } satisfies KeptForm);
  await discard(entry.id);
  location.assign(page);
}

/** Signing out destroys the key and all it sealed; whoever still has something to send is asked first. */
function signOut(who: string): void {
  const form = document.querySelector<HTMLFormElement>('form[action$="/logout"]');
  form?.addEventListener('submit', (event) => {
    event.preventDefault();
    void (async () => {
      const n = (await entries(who).catch(() => [])).length;
      if (n > 0 && !confirm(text('signOutWaiting', { n: String(n) }))) return;
      await erase(who).catch(() => undefined);
      form.submit();
    })();
  });
}
