/**
 * What a device keeps for the field: forms that were opened, answers typed without a connection, what waits to be sent.
 * Everything is sealed with AES-GCM under a key of the account that never leaves the browser; signing out destroys the
 * key, and what another account left behind ends after half a day. Runs in pages and in the service worker alike.
 */

const NAME = 'green-channel';
const STORES = ['keys', 'forms', 'outbox', 'pictures'] as const;
/** Where something is sealed; pictures are apart so that the list of what waits is read without them. */
const SEALED = ['forms', 'outbox', 'pictures'] as const;
type Store = (typeof STORES)[number];
type SealedStore = (typeof SEALED)[number];

/** What an account that did not sign out leaves behind ends. */
const LEFT_BEHIND = 12 * 3600 * 1000;

interface Key {
  id: string;
  key: CryptoKey;
  at: number;
}

interface Sealed {
  id: string;
  account: string;
  at: number;
  iv: Uint8Array<ArrayBuffer>;
  data: ArrayBuffer;
}

export interface Kept<T> {
  id: string;
  at: number;
  value: T;
}

let opened: Promise<IDBDatabase> | undefined;

function open(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 2);
    request.onupgradeneeded = () =>
      STORES.filter((store) => !request.result.objectStoreNames.contains(store)).forEach((store) => request.result.createObjectStore(store, { keyPath: 'id' }));
    request.onsuccess = () => {
      request.result.onversionchange = () => {
        request.result.close();
        opened = undefined;
      };
      resolve(request.result);
    };
    request.onerror = () => reject(request.error ?? new Error('storage'));
  });
  opened.catch(() => (opened = undefined));
  return opened;
}

/** Done only when the browser has it on disk: a device that is full says so at the end of a transaction, not before. */
async function within<T>(stores: Store[], mode: IDBTransactionMode, act: (at: (store: Store) => IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await open();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(stores, mode);
    const request = act((store) => transaction.objectStore(store));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = transaction.onerror = () => reject(transaction.error ?? request.error ?? new Error('storage'));
  });
}

const run = <T>(store: Store, mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> =>
  within([store], mode, (at) => act(at(store)));

/** Whether this browser can keep anything safely. */
export const able = (): boolean => typeof indexedDB !== 'undefined' && typeof crypto.subtle !== 'undefined';

const keys = async (): Promise<Key[]> => (await run<unknown[]>('keys', 'readonly', (store) => store.getAll())) as Key[];

async function keyOf(account: string, make: boolean): Promise<CryptoKey | undefined> {
  const found = (await run<unknown>('keys', 'readonly', (store) => store.get(account))) as Key | undefined;
  if (found || !make) return found?.key;
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  await run('keys', 'readwrite', (store) => store.put({ id: account, key, at: Date.now() } satisfies Key));
  return key;
}

const place = (store: Store, id: string, account: string): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(`${store}|${id}|${account}`);

async function seal(key: CryptoKey, store: SealedStore, account: string, id: string, plain: BufferSource, at: number): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: place(store, id, account) }, key, plain);
  return { id, account, at, iv, data };
}

const words = (value: unknown): BufferSource => new TextEncoder().encode(JSON.stringify(value));

export async function put(store: 'forms' | 'outbox', account: string, id: string, value: unknown, at = Date.now()): Promise<void> {
  const key = await keyOf(account, true);
  if (!key) return;
  const sealed = await seal(key, store, account, id, words(value), at);
  await run(store, 'readwrite', (target) => target.put(sealed));
}

/** A picture and the line of the outbox that speaks of it: both or neither. */
export async function putPicture(account: string, id: string, value: unknown, picture: ArrayBuffer): Promise<void> {
  const key = await keyOf(account, true);
  if (!key) return;
  const at = Date.now();
  const line = await seal(key, 'outbox', account, id, words(value), at);
  const bytes = await seal(key, 'pictures', account, id, picture, at);
  await within(['outbox', 'pictures'], 'readwrite', (store) => {
    store('pictures').put(bytes);
    return store('outbox').put(line);
  });
}

async function unlock(store: SealedStore, sealed: Sealed): Promise<ArrayBuffer | undefined> {
  const key = await keyOf(sealed.account, false);
  if (!key) return undefined;
  try {
    return await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: sealed.iv, additionalData: place(store, sealed.id, sealed.account) }, key, sealed.data);
  } catch {
    return undefined;
  }
}

async function unseal<T>(store: 'forms' | 'outbox', sealed: Sealed): Promise<Kept<T> | undefined> {
  const plain = await unlock(store, sealed);
  return plain && { id: sealed.id, at: sealed.at, value: JSON.parse(new TextDecoder().decode(plain)) as T };
}

export async function picture(account: string, id: string): Promise<ArrayBuffer | undefined> {
  const sealed = (await run<unknown>('pictures', 'readonly', (source) => source.get(id))) as Sealed | undefined;
  return sealed && sealed.account === account ? unlock('pictures', sealed) : undefined;
}

export async function get<T>(store: 'forms' | 'outbox', account: string, id: string): Promise<Kept<T> | undefined> {
  const sealed = (await run<unknown>(store, 'readonly', (source) => source.get(id))) as Sealed | undefined;
  return sealed && sealed.account === account ? unseal<T>(store, sealed) : undefined;
}

const sealedRows = async (store: SealedStore): Promise<Sealed[]> =>
  (await run<unknown[]>(store, 'readonly', (source) => source.getAll())) as Sealed[];

/** Oldest first. */
export async function all<T>(store: 'forms' | 'outbox', account: string): Promise<Kept<T>[]> {
  const rows = await sealedRows(store);
  const kept = await Promise.all(rows.filter((row) => row.account === account).map((row) => unseal<T>(store, row)));
  return kept.filter((one): one is Kept<T> => one !== undefined).sort((a, b) => a.at - b.at);
}

export const remove = (store: 'forms' | 'outbox', id: string): Promise<undefined> =>
  within([store, 'pictures'], 'readwrite', (at) => {
    if (store === 'outbox') at('pictures').delete(id);
    return at(store).delete(id);
  }) as Promise<undefined>;

/** The account that was at work here last: without a connection nobody else can say who this is. */
export const lastAccount = async (): Promise<string | undefined> => (await keys()).sort((a, b) => b.at - a.at)[0]?.id;

/** This account is at work here: its key is the newest; what others left long ago goes. */
export async function here(account: string): Promise<void> {
  for (const key of await keys()) {
    if (key.id === account) await run('keys', 'readwrite', (store) => store.put({ ...key, at: Date.now() }));
    else if (Date.now() - key.at > LEFT_BEHIND) await erase(key.id);
  }
}

/** Destroys the key of an account and everything under it. */
export async function erase(account: string): Promise<void> {
  await run('keys', 'readwrite', (store) => store.delete(account));
  for (const store of SEALED)
    for (const row of await sealedRows(store))
      if (row.account === account) await run(store, 'readwrite', (target) => target.delete(row.id));
}
