/** Keeps the number at the bell true while a page is open. What it asks does not keep the session alive. */
const EVERY = 60_000;
const SOON = 1_500;

export function bell(): void {
  const link = document.querySelector<HTMLAnchorElement>('[data-bell]');
  const address = link?.dataset['bell'];
  if (!link || !address) return;
  const ask = async (): Promise<void> => {
    if (document.visibilityState !== 'visible') return;
    try {
      const answer = await fetch(address, {
        headers: { Accept: 'application/json', 'Accept-Language': document.documentElement.lang },
        credentials: 'same-origin',
        redirect: 'error',
      });
      if (answer.status === 200) ring(link, (await answer.json()) as { count: string; words: string });
    } catch {
      // asked again later
    }
  };
  setInterval(() => void ask(), EVERY);
  document.addEventListener('visibilitychange', () => void ask());
  // the page that listens to the server tells the others that something moved
  if ('BroadcastChannel' in window)
    new BroadcastChannel('gc-events').addEventListener('message', () => setTimeout(() => void ask(), SOON));
}

function ring(link: HTMLElement, said: { count: string; words: string }): void {
  const number = part(link, 'bell-count');
  number.setAttribute('aria-hidden', 'true');
  if (number.textContent !== said.count) number.textContent = said.count;
  number.hidden = said.count === '';
  const words = part(link, 'visually-hidden');
  if (words.textContent !== said.words) words.textContent = said.words;
}

function part(link: HTMLElement, name: string): HTMLElement {
  const found = link.querySelector<HTMLElement>(`.${name}`);
  if (found) return found;
  const made = document.createElement('span');
  made.className = name;
  link.append(made);
  return made;
}
