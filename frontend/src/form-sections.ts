/** Sections of a form, as its model groups them: steps on a phone, entries of an index on a wide screen. */

export interface Component {
  id: string;
  type: string;
  key?: string;
  path?: string;
  label?: string;
  dateLabel?: string;
  text?: string;
  subtype?: string;
  values?: { label: string; value: unknown }[];
  properties?: Record<string, string>;
  appearance?: { suffixAdorner?: string };
  conditional?: { hide?: string };
  validate?: { required?: boolean };
  components?: Component[];
  defaultValue?: unknown;
  showOutline?: boolean;
}

export interface Section {
  id: string;
  title: string;
  fields: Component[];
}

export interface Titles {
  first: string;
  between: string;
  last: string;
}

const words = (component: Component): boolean => component.type === 'text' || component.type === 'separator';

/**
 * The same form with every field inside a section: fields that stand outside of the groups of the model come under a
 * title of their own. A form without groups has no sections and stays as it is.
 */
export function sectioned(schema: Component, titles: Titles): { schema: Component; sections: Section[] } {
  const parts = schema.components ?? [];
  if (!parts.some((part) => part.type === 'group')) return { schema, sections: [] };
  const components: Component[] = [];
  let run: Component[] = [];
  const close = (last: boolean): void => {
    if (run.length === 0) return;
    if (run.every(words) && !last) return;
    const label = last ? titles.last : components.length === 0 ? titles.first : titles.between;
    components.push({ id: `Section_${components.length}`, type: 'group', label, showOutline: true, components: run });
    run = [];
  };
  for (const part of parts) {
    if (part.type !== 'group') {
      run.push(part);
      continue;
    }
    close(false);
    // words before the first group introduce it
    components.push(run.length ? { ...part, components: [...run, ...(part.components ?? [])] } : part);
    run = [];
  }
  close(true);
  const sections = components.map((part) => ({
    id: part.id,
    title: plain(part.label ?? ''),
    fields: (part.components ?? []).filter((field) => !words(field)),
  }));
  return { schema: { ...schema, components }, sections };
}

/** The words beside a field; expressions are not for reading. */
export const plain = (label: string): string => (label.startsWith('=') ? '' : label.trim());

export const named = (field: Component | undefined): string => plain(field?.label ?? field?.dateLabel ?? '');
