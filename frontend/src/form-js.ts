/** The heavy half of <form-viewer>, loaded only where a form is shown. */
import '@bpmn-io/form-js-viewer/dist/assets/form-js.css';
import { Form } from '@bpmn-io/form-js-viewer';
import flatpickr from 'flatpickr';
import { Mandarin } from 'flatpickr/dist/esm/l10n/zh.js';
import { type FieldError, chinese } from './http';
import { type AnsweredSection, answered } from './form-answers';
import { type Component, type Section, named, sectioned } from './form-sections';
import { locateButton } from './location';
import { text, translateModule } from './texts';

type Data = Record<string, unknown>;
export type PlacedError = FieldError & { target?: string };

export interface FormHandle {
  readonly sections: Section[];
  data(): Data;
  /** What is wrong, in the order of the page; of one section only when it is named. */
  validate(section?: string): PlacedError[];
  answers(): AnsweredSection[];
  /** The row of the page that holds a section, or null while a condition hides it. */
  rowOf(section: string): HTMLElement | null;
  /** Where a field can be focused. */
  targetOf(field: string): HTMLElement | null;
  sectionOf(element: Element): string | undefined;
  /** The field a pointer of the server speaks of. */
  fieldAt(pointer: string): string | undefined;
  change(values: Data): Promise<void>;
  place(errors: FieldError[]): PlacedError[];
  onChange(listener: () => void): void;
  onSubmit(listener: () => void): void;
}

/** The page has its own title and its own primary action, so those inside of forms go. */
function insidePage(component: Component): Component {
  // the law counts minutes: a form must not round a time to five of them
  if (component.type === 'datetime') return { ...component, timeInterval: 1 } as Component;
  if (component.type === 'text' && component.text) return { ...component, text: component.text.replace(/^# .*\n*/, '') };
  if (!component.components) return component;
  const children = component.components.filter((child) => child.type !== 'button').map(insidePage);
  return { ...component, components: children.filter((child) => child.type !== 'text' || child.text) };
}

export async function mountForm(host: HTMLElement, source: Data, values: Data): Promise<FormHandle> {
  if (chinese()) flatpickr.localize(Mandarin);
  const titles = {
    first: text('sectionFirst'), between: text('sectionBetween'), last: text('sectionLast'),
    and: (question: string, others: number) => text('sectionAnd', { question, n: String(others), all: String(others + 1) }),
  };
  const { schema, sections } = sectioned(insidePage(source as unknown as Component), titles);
  const form = new Form({ container: host, additionalModules: [translateModule] } as never) as Form & { _id: string };
  await form.importSchema(schema as never, values as never);
  const fields = new Map<string, Component>();
  const visit = (component: Component): void => {
    fields.set(component.id, component);
    component.components?.forEach(visit);
  };
  visit(schema);
  keepNow(form, [...fields.values()]);
  const locate = (): void => {
    for (const field of fields.values()) {
      const input = field.properties?.['capture'] === 'location' ? document.getElementById(['fjs-form', form._id, field.id].join('-')) : null;
      const row = input?.closest('.fjs-form-field');
      if (!(input instanceof HTMLInputElement) || !row?.parentElement || row.parentElement.querySelector('.locate')) continue;
      const made = locateButton(input, (value) => {
        Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, value);
        input.dispatchEvent(new Event('input', { bubbles: true }));
      });
      if (made) row.parentElement.append(made);
    }
  };
  const name = (): void => {
    for (const [kind, role] of [['radio', 'radiogroup'], ['checklist', 'group']] as const)
      for (const group of host.querySelectorAll<HTMLElement>(`.fjs-form-field-${kind}:not([role])`)) {
        const label = group.querySelector<HTMLElement>(':scope > .fjs-form-field-label');
        if (!label) continue;
        group.setAttribute('role', role);
        group.setAttribute('aria-label', (label.textContent ?? '').replace(/\s*\*$/, '').trim());
      }
  };
  locate();
  name();
  new MutationObserver(() => {
    locate();
    name();
  }).observe(host, { childList: true, subtree: true });
  const everything = sections.length ? sections : [{ id: '', title: '', fields: schema.components ?? [] }];
  const inside = new Map(sections.flatMap((section) => within(section.fields).map((id) => [id, section.id] as const)));
  const target = (fieldId: string, indexes: string[] = []): string | undefined => {
    const prefix = ['fjs-form', form._id, fieldId].join('-') + indexes.map((index) => `_${index}`).join('');
    const element = document.getElementById(prefix) ?? host.querySelector(`[id^="${CSS.escape(prefix)}"]:is(input,select,textarea,button)`);
    return element?.id;
  };
  const placed = (fieldId: string, indexes: string[], message: string): PlacedError => {
    // which of the rows of a list is meant
    const label = [named(fields.get(fieldId)), ...indexes.map((index) => String(Number(index) + 1))].filter(Boolean).join(' ');
    const at = target(fieldId, indexes);
    return { pointer: fieldId, message: label ? `${label}${chinese() ? '：' : ': '}${message}` : message, ...(at ? { target: at } : {}) };
  };
  const data = (): Data => (form as unknown as { _getSubmitData(): Data })._getSubmitData();
  const rowOf = (section: string): HTMLElement | null =>
    document.getElementById(['fjs-form', form._id, section].join('-'))?.closest('.fjs-form-field-grouplike')?.closest<HTMLElement>('.fjs-layout-row') ?? null;
  const byPointer = (pointer: string): { field: Component | undefined; indexes: string[] } => {
    const path = pointer.replace(/^\/data\//, '').split('/').filter(Boolean);
    const key = path.filter((part) => !/^\d+$/.test(part)).at(-1);
    const field = [...fields.values()].find((candidate) => key !== undefined && (candidate.key === key || candidate.path === key));
    return { field, indexes: path.filter((part) => /^\d+$/.test(part)) };
  };
  return {
    sections,
    data,
    rowOf,
    answers: () => answered(everything.filter((section) => !section.id || rowOf(section.id)), data(), {
      yes: text('yes'), separator: chinese() ? '、' : ', ', row: (list, number) => `${list} ${number}`, locale: document.documentElement.lang,
    }),
    targetOf: (field) => {
      const id = target(field) ?? target(field, ['0']);
      return id ? document.getElementById(id) : null;
    },
    sectionOf: (element) => sections.find((section) => rowOf(section.id)?.contains(element))?.id,
    fieldAt: (pointer) => byPointer(pointer).field?.id,
    change: async (values) => {
      await form.importSchema(schema as never, values as never);
    },
    validate: (section) => {
      const all = form.validate() as unknown as Record<string, unknown>;
      const errors = section ? Object.fromEntries(Object.entries(all).filter(([id]) => inside.get(id) === section)) : all;
      // what has not been asked yet is not wrong yet
      if (section) form._setState({ errors } as never);
      return inOrder(Object.entries(errors).flatMap(([id, value]) => leaves(value).map((leaf) => placed(id, leaf.indexes, leaf.message))));
    },
    place: (errors) => {
      const state: Record<string, unknown> = {};
      const result = errors.map((error) => {
        const { field, indexes } = byPointer(error.pointer);
        if (!field) return error;
        put(state, [field.id, ...indexes], error.message);
        return placed(field.id, indexes, error.message);
      });
      form._setState({ errors: state });
      return result;
    },
    onChange: (listener) => {
      form.on('changed', 500, listener as never);
    },
    onSubmit: (listener) => {
      host.addEventListener('submit', (event) => {
        event.preventDefault();
        event.stopPropagation();
        listener();
      }, true);
    },
  };
}

/** Ids of all fields of a section, those inside lists too. */
const within = (fields: Component[]): string[] => fields.flatMap((field) => [field.id, ...within(field.components ?? [])]);

/** A row that is added later starts with the moment it is added, not with that of opening the page. */
function keepNow(form: Form, fields: Component[]): void {
  const rows = fields.filter((field) => field.type === 'dynamiclist').flatMap((list) => list.components ?? []);
  const now = rows.filter((field) => field.properties?.['prefill'] === 'now' && field.subtype === 'datetime');
  if (!now.length) return;
  const registry = (form as unknown as { get(name: string): { get(id: string): Component } }).get('formFieldRegistry');
  setInterval(() => {
    for (const field of now) registry.get(field.id).defaultValue = new Date(Math.floor(Date.now() / 60000) * 60000).toISOString();
  }, 20000);
}

/** form-js nests messages of repeated fields by row. */
function leaves(value: unknown, indexes: string[] = []): { indexes: string[]; message: string }[] {
  if (typeof value === 'string') return [{ indexes, message: value }];
  if (Array.isArray(value) && value.every((item) => typeof item === 'string'))
    return value.map((message) => ({ indexes, message: message as string }));
  if (value && typeof value === 'object')
    return Object.entries(value).flatMap(([index, child]) => leaves(child, [...indexes, index]));
  return [];
}

function put(state: Record<string, unknown>, path: string[], message: string): void {
  const [head, ...rest] = path;
  if (head === undefined) return;
  if (rest.length === 0) {
    state[head] = [...((state[head] as string[] | undefined) ?? []), message];
    return;
  }
  state[head] ??= {};
  put(state[head] as Record<string, unknown>, rest, message);
}

/** Errors in the order of the page. */
function inOrder(errors: PlacedError[]): PlacedError[] {
  const position = (error: PlacedError): number =>
    error.target ? (document.getElementById(error.target)?.getBoundingClientRect().top ?? 0) : Number.MAX_SAFE_INTEGER;
  return errors.sort((a, b) => position(a) - position(b));
}

