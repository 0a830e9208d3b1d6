/** On the page of a task: tells that it is open, and shows who else has it open. */
import { send } from './http';

const EVERY = 30_000;

export function presence(): void {
  const note = document.querySelector<HTMLElement>('[data-working]');
  const address = note?.dataset['working'];
  if (!note || !address) return;
  const words = note.querySelector('p') ?? note;
  const beat = async (): Promise<void> => {
    if (document.visibilityState !== 'visible') return;
    const answer = await send('POST', `${address}/working`, {});
    if (answer.kind !== 'done') return;
    const said = (answer.body as { text?: string }).text ?? '';
    if (words.textContent !== said) words.textContent = said;
    note.hidden = said === '';
  };
  void beat();
  setInterval(() => void beat(), EVERY);
  document.addEventListener('visibilitychange', () => void beat());
  addEventListener('pagehide', () => void send('POST', `${address}/left`, {}, { keepalive: true }));
}
