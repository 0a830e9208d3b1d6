/** Help beside what one is working on: the page of the help link, shown in a panel; the link itself works without it. */
import { keysOff, plain } from './keys';

const WIDE = '(min-width: 48.01rem)';

export function help(): void {
  const link = document.querySelector<HTMLAnchorElement>('[data-help]');
  const panel = document.querySelector<HTMLDialogElement>('#help-panel');
  const place = panel?.querySelector<HTMLElement>('[data-help-place]');
  const title = panel?.querySelector<HTMLElement>('#help-panel-title');
  if (!link || !panel || !place || !title) return;

  const show = async (url: string): Promise<void> => {
    const body = await load(url);
    const whole = panel.querySelector<HTMLAnchorElement>('[data-help-whole]');
    if (whole) whole.href = url;
    if (body) {
      title.textContent = body.title;
      place.replaceChildren(document.importNode(body.content, true));
    } else {
      place.textContent = panel.dataset['failed'] ?? '';
    }
    if (!panel.open) {
      // beside the page where there is room for both, over it on a phone
      if (matchMedia(WIDE).matches) panel.show();
      else panel.showModal();
    }
    panel.scrollTop = 0;
    title.focus();
  };
  const close = (): void => {
    panel.close();
    link.focus();
  };

  link.addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (panel.open) close();
    else void show(link.href);
  });
  panel.querySelector('[data-help-close]')?.addEventListener('click', close);
  panel.addEventListener('cancel', (event) => {
    event.preventDefault();
    close();
  });
  panel.addEventListener('click', (event) => {
    const inner = (event.target as HTMLElement).closest<HTMLAnchorElement>('[data-help-place] a[href^="/help/"]');
    if (!inner || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    void show(inner.href);
  });
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && panel.open && panel.contains(document.activeElement)) {
      event.preventDefault();
      close();
      return;
    }
    if (event.key !== '?' || !plain(event) || keysOff() || document.querySelector('dialog[open]:not(#help-panel)')) return;
    event.preventDefault();
    if (panel.open) title.focus();
    else void show(link.href);
  });
}

async function load(url: string): Promise<{ title: string; content: HTMLElement } | null> {
  try {
    const answer = await fetch(url, { credentials: 'same-origin', redirect: 'error' });
    if (!answer.ok) return null;
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const content = page.querySelector<HTMLElement>('[data-help-body]');
    return content ? { title: page.querySelector('h1')?.textContent ?? '', content } : null;
  } catch {
    return null;
  }
}
