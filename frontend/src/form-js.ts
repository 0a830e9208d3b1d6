/** The heavy half of <form-viewer>, loaded only where a form is shown. */
import '@bpmn-io/form-js-viewer/dist/assets/form-js.css';
import { Form } from '@bpmn-io/form-js-viewer';
import flatpickr from 'flatpickr';
import { Mandarin } from 'flatpickr/dist/esm/l10n/zh.js';
import { type FieldError, chinese } from './http';
import { translateModule } from './texts';

type Data = Record<string, unknown>;
type Component = { id: string; type: string; key?: string; path?: string; label?: string; dateLabel?: string; text?: string; components?: Component[] };
export type PlacedError = FieldError & { target?: string };

export interface FormHandle {
  data(): Data;
  validate(): PlacedError[];
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
  const schema = insidePage(source as unknown as Component);
  const form = new Form({ container: host, additionalModules: [translateModule] } as never) as Form & { _id: string };
  await form.importSchema(schema as never, values as never);
  const fields = new Map<string, Component>();
  const visit = (component: Component): void => {
    fields.set(component.id, component);
    component.components?.forEach(visit);
  };
  visit(schema);
  const named = (field: Component | undefined): string => plain(field?.label ?? field?.dateLabel ?? '');
  const target = (fieldId: string, indexes: string[] = []): string | undefined => {
    const prefix = ['fjs-form', form._id, fieldId].join('-') + indexes.map((index) => `_${index}`).join('');
    const element = document.getElementById(prefix) ?? host.querySelector(`[id^="${CSS.escape(prefix)}"]:is(input,select,textarea,button)`);
    return element?.id;
  };
  const placed = (fieldId: string, indexes: string[], message: string): PlacedError => {
    const label = named(fields.get(fieldId));
    const at = target(fieldId, indexes);
    return { pointer: fieldId, message: label ? `${label}${chinese() ? '：' : ': '}${message}` : message, ...(at ? { target: at } : {}) };
  };
  return {
    data: () => (form as unknown as { _getSubmitData(): Data })._getSubmitData(),
    validate: () => {
      const errors = form.validate() as unknown as Record<string, unknown>;
      return inOrder(Object.entries(errors).flatMap(([id, value]) => leaves(value).map((leaf) => placed(id, leaf.indexes, leaf.message))));
    },
    place: (errors) => {
      const state: Record<string, unknown> = {};
      const result = errors.map((error) => {
        const path = error.pointer.replace(/^\/data\//, '').split('/').filter(Boolean);
        const indexes = path.filter((part) => /^\d+$/.test(part));
        const key = path.filter((part) => !/^\d+$/.test(part)).at(-1);
        const field = [...fields.values()].find((candidate) => candidate.key === key || candidate.path === key);
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

const plain = (label: string): string => (label.startsWith('=') ? '' : label.trim());

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

