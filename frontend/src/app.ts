import './styles/tokens.css';
import './styles/base.css';
import './styles/shell.css';
import './styles/parts.css';
import './styles/desk.css';
import './styles/person.css';
import './styles/persons.css';
import './styles/islands.css';
import './styles/verbs.css';
import './styles/case.css';
import './styles/field.css';
import './styles/notify.css';
import './styles/help.css';
import './styles/print.css';
import 'htmx.org';
import './form-viewer';
import './diagram-viewer';
import { watchLine } from './offline/bar';
import { shell } from './offline/device';
import { offlineShell } from './offline/shell';
import { bell } from './bell';
import { help } from './help';
import { plainForms } from './plain-forms';
import { photos } from './photo';
import { presence } from './presence';
import { tour } from './tour';
import { worklist } from './worklist';

plainForms();
photos();
worklist();
presence();
if (shell()) void offlineShell(document.querySelector('main') as HTMLElement).then(watchLine);
else void watchLine();
bell();
help();
tour();

// one open menu at a time, closed by Escape or a click elsewhere
document.addEventListener('click', (event) => {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>('details.menu[open]'))
    if (!menu.contains(event.target as Node)) menu.open = false;
});
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  for (const menu of document.querySelectorAll<HTMLDetailsElement>('details.menu[open]')) {
    menu.open = false;
    menu.querySelector('summary')?.focus();
  }
});
