/** The page in place of one that could not be loaded: the form that was kept, or the list of those there are. */
import { photos } from '../photo';
import { plainForms } from '../plain-forms';
import { text } from '../texts';
import { type KeptForm, account, page } from './device';
import { all, get } from './vault';

export async function offlineShell(main: HTMLElement): Promise<void> {
  const who = await account();
  const kept = who ? await get<KeptForm>('forms', who, page()).catch(() => undefined) : undefined;
  const box = document.createElement('div');
  box.className = 'narrow';
  main.replaceChildren(box);
  if (kept?.value.html) quick(box, kept.value);
  else if (kept?.value.schema) form(box, kept.value);
  else await overview(box, who);
}

function head(box: HTMLElement, title: string, lead: string): void {
  document.title = title;
  const place = box.appendChild(document.createElement('div'));
  place.className = 'head';
  const words = place.appendChild(document.createElement('div'));
  words.appendChild(document.createElement('h1')).textContent = title;
  words.appendChild(document.createElement('p')).textContent = lead;
}

function quick(box: HTMLElement, kept: KeptForm): void {
  head(box, kept.title, text('offlineForm'));
  const made = box.appendChild(document.createElement('div'));
  made.innerHTML = kept.html ?? '';
  plainForms();
}

function form(box: HTMLElement, kept: KeptForm): void {
  head(box, kept.title, text('offlineForm'));
  const card = box.appendChild(document.createElement('section'));
  card.className = 'card';
  const viewer = document.createElement('form-viewer');
  viewer.id = 'form';
  viewer.dataset['offline'] = 'true';
  viewer.dataset['schema'] = JSON.stringify(kept.schema);
  viewer.dataset['values'] = JSON.stringify(kept.values ?? {});
  if (kept.action) viewer.dataset['action'] = kept.action;
  if (kept.version) viewer.dataset['version'] = kept.version;
  const bar = document.createElement('div');
  bar.className = 'submit-bar';
  const submit = bar.appendChild(document.createElement('button'));
  submit.type = 'button';
  submit.className = 'button primary';
  submit.disabled = true;
  submit.dataset['submits'] = 'form';
  submit.textContent = kept.submit ?? text('send');
  const status = bar.appendChild(document.createElement('span'));
  status.className = 'muted';
  status.setAttribute('role', 'status');
  status.dataset['status'] = 'form';
  status.dataset['role'] = 'draft';
  card.append(viewer, bar);
  if (!kept.photo) return;
  box.classList.add('stack');
  box.appendChild(document.createElement('div')).innerHTML = kept.photo;
  photos();
}

async function overview(box: HTMLElement, who: string | undefined): Promise<void> {
  const forms = who ? await all<KeptForm>('forms', who).catch(() => []) : [];
  head(box, text('offlineTitle'), forms.length ? text('offlineLead') : text('offlineNone'));
  const list = box.appendChild(document.createElement('ul'));
  list.className = 'stack';
  for (const one of forms) {
    const link = list.appendChild(document.createElement('li')).appendChild(document.createElement('a'));
    link.href = one.id;
    link.className = 'card tile';
    link.appendChild(document.createElement('h2')).textContent = one.value.title;
  }
}
