/** What waits to be sent: once each, whoever sends it (page or service worker) and however often the line breaks. */
import { type Kept, all, picture, put, putPicture, remove } from './vault';

export interface Waiting {
  /** Address it is posted to, and the page it was typed on. */
  url: string;
  page: string;
  title: string;
  type: 'application/json' | 'application/x-www-form-urlencoded' | 'multipart/form-data';
  /** Empty with a picture: its bytes are kept apart. */
  body: string;
  /** The server does the same thing once for the same key. */
  key: string;
  lang: string;
  picture?: PictureOf;
  refused?: Refusal;
}

/** What goes along with a picture. */
export interface PictureOf {
  kind: string;
  name: string;
  type: string;
  size: number;
}

/** What one device keeps of pictures at most: a phone that is full keeps nothing else either. */
export const PICTURES = { most: 20, bytes: 60 * 1024 * 1024 };

export interface Refusal {
  status: number;
  title: string;
  detail: string;
}

export interface Session {
  account: string;
  header: string;
  token: string;
}

export interface Outcome {
  sent: { title: string; location: string }[];
  /** Why it stopped: no line, nobody signed in, or nothing left to try. */
  end: 'offline' | 'signin' | 'done';
}

const CHANNEL = 'green-channel-outbox';
const LOCK = 'green-channel-outbox';
const PATIENCE = 30_000;
/** Megabytes over a thin line. */
const PATIENCE_PICTURE = 180_000;

/** Answers after which trying again later makes sense: still running, too many, a fault of the moment. */
const later = (status: number): boolean => status === 429 || status === 408 || status >= 500;

export const entries = (account: string): Promise<Kept<Waiting>[]> => all<Waiting>('outbox', account);

export async function add(account: string, entry: Waiting): Promise<void> {
  await put('outbox', account, entry.key, entry);
  tell();
}

/** Whether one more picture of that size fits beside those that wait already. */
export const fits = (waiting: Pick<Waiting, 'picture'>[], size: number): boolean => {
  const sizes = waiting.flatMap((entry) => (entry.picture ? [entry.picture.size] : []));
  return sizes.length < PICTURES.most && sizes.reduce((sum, one) => sum + one, 0) + size <= PICTURES.bytes;
};

export async function addPicture(account: string, entry: Waiting, bytes: ArrayBuffer): Promise<void> {
  await putPicture(account, entry.key, entry, bytes);
  tell();
}

/** What was refused is tried once more, in its old place. */
export async function again(account: string, entry: Kept<Waiting>): Promise<void> {
  const { refused: _gone, ...value } = entry.value;
  await put('outbox', account, entry.id, value, entry.at);
  tell();
}

/** Answers before pictures, each in the order they came: a picture belongs to what has been written about it. */
export const inTurn = (waiting: Kept<Waiting>[]): Kept<Waiting>[] => [
  ...waiting.filter((entry) => !entry.value.picture),
  ...waiting.filter((entry) => entry.value.picture),
];

export async function discard(id: string): Promise<void> {
  await remove('outbox', id);
  tell();
}

export function tell(sent: Outcome['sent'] = []): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage({ sent });
  channel.close();
}

export function onChange(listener: (sent: Outcome['sent']) => void): void {
  new BroadcastChannel(CHANNEL).onmessage = (event: MessageEvent<{ sent: Outcome['sent'] }>) => listener(event.data.sent);
}

async function session(): Promise<Session | 'offline' | 'signin'> {
  try {
    const answer = await fetch('/session', {
      headers: { Accept: 'application/json' }, credentials: 'same-origin', cache: 'no-store', signal: AbortSignal.timeout(PATIENCE),
    });
    // no content: the session had come to its end
    if (answer.status === 401 || answer.status === 204) return 'signin';
    return answer.ok ? ((await answer.json()) as Session) : 'offline';
  } catch {
    return 'offline';
  }
}

/** Sends everything of the account that is signed in; one sender at a time. */
export async function flush(): Promise<Outcome> {
  return await navigator.locks.request(LOCK, async (): Promise<Outcome> => {
    const sent: Outcome['sent'] = [];
    const who = await session();
    if (typeof who === 'string') return { sent, end: who };
    for (const entry of inTurn(await entries(who.account))) {
      if (entry.value.refused) continue;
      const answer = await post(entry.value, who);
      if (typeof answer === 'string') return finish({ sent, end: answer });
      if ('location' in answer) {
        sent.push({ title: entry.value.title, location: answer.location });
        await remove('outbox', entry.id);
        if (entry.value.page.startsWith('/work-items/')) await remove('forms', entry.value.page);
      } else {
        await put('outbox', who.account, entry.id, { ...entry.value, refused: answer }, entry.at);
      }
    }
    return finish({ sent, end: 'done' });
  });
}

function finish(outcome: Outcome): Outcome {
  tell(outcome.sent);
  return outcome;
}

interface Body {
  location?: string;
  type?: string;
  title?: string;
  detail?: string;
  errors?: { message: string }[];
}

/** What is posted; undefined when a picture can no longer be read. */
async function content(entry: Waiting, who: Session): Promise<BodyInit | undefined> {
  if (!entry.picture) return entry.body;
  const bytes = await picture(who.account, entry.key);
  if (!bytes) return undefined;
  const form = new FormData();
  form.set('kind', entry.picture.kind);
  form.set('idempotencyKey', entry.key);
  form.set('file', new Blob([bytes], { type: entry.picture.type }), entry.picture.name);
  return form;
}

async function post(entry: Waiting, who: Session): Promise<{ location: string } | Refusal | 'offline' | 'signin'> {
  try {
    const body = await content(entry, who);
    if (body === undefined) return { status: 0, title: '', detail: '' };
    const response = await fetch(entry.url, {
      method: 'POST',
      headers: {
        // the browser itself writes the boundary between the parts of a picture
        ...(entry.picture ? {} : { 'Content-Type': entry.type }),
        Accept: 'application/json, application/problem+json',
        'Accept-Language': entry.lang,
        'Idempotency-Key': entry.key,
        [who.header]: who.token,
      },
      body,
      credentials: 'same-origin',
      redirect: 'error',
      signal: AbortSignal.timeout(entry.picture ? PATIENCE_PICTURE : PATIENCE),
    });
    const answer = (await response.json().catch(() => ({}))) as Body;
    if (response.ok) return { location: answer.location ?? '/' };
    if (response.status === 401) return 'signin';
    if (later(response.status) || answer.type?.endsWith('/request-in-progress')) return 'offline';
    const errors = (answer.errors ?? []).map((error) => error.message).join(' ');
    return { status: response.status, title: answer.title ?? '', detail: errors || (answer.detail ?? '') };
  } catch {
    return 'offline';
  }
}
