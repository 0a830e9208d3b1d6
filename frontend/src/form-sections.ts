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
  layout?: { row?: string | null };
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
  /** A part without a title of its own, named after its first question. */
  and: (question: string, others: number) => string;
}

/** A form of more fields comes in parts also where its model has no groups. */
const MANY = 6;
/** So many questions are one screen of a phone. */
const SCREEN = 4;
/** Sections that were made here: on a wide screen they are not to be seen. */
export const MADE = 'Made_';

const words = (component: Component): boolean => component.type === 'text' || component.type === 'separator';

/**
 * The same form with every field inside a section: fields that stand outside of the groups of the model come under a
 * title of their own. A short form without groups has no sections and stays as it is.
 */
export function sectioned(schema: Component, titles: Titles): { schema: Component; sections: Section[] } {
  const parts = schema.components ?? [];
  if (!parts.some((part) => part.type === 'group')) return chunked(schema, titles);
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
  return { schema: { ...schema, components }, sections: sectionsOf(components) };
}

const sectionsOf = (groups: Component[]): Section[] =>
  groups.map((part) => ({
    id: part.id,
    title: plain(part.label ?? ''),
    fields: (part.components ?? []).filter((field) => !words(field)),
  }));

/** The heading a text or a line brings, if any. */
const heading = (part: Component): string => /^#+\s+(.+)/.exec(part.text ?? '')?.[1]?.trim() ?? '';

/**
 * A long form without groups, in parts: by its headings and lines where it has some, else a few questions at a time. What
 * stands in one row stays together, and so does a question with those that depend on an answer; a list or a long text weighs
 * double. The signature is the end, with what has been entered above it.
 */
function chunked(schema: Component, titles: Titles): { schema: Component; sections: Section[] } {
  const parts = schema.components ?? [];
  if (parts.filter((part) => !words(part)).length <= MANY) return { schema, sections: [] };
  const marked = parts.slice(1).some((part) => part.type === 'separator' || heading(part));
  const chunks: { title: string; parts: Component[] }[] = [{ title: '', parts: [] }];
  let weight = 0;
  let row: string | null | undefined;
  for (const part of parts) {
    const current = chunks.at(-1) as { title: string; parts: Component[] };
    const asked = current.parts.some((one) => !words(one));
    const together = weight + heavy(part) <= 2 * SCREEN && ((part.layout?.row && part.layout.row === row) || part.conditional?.hide);
    const full = weight + heavy(part) > SCREEN && !together && !words(part);
    const mark = marked ? part.type === 'separator' || heading(part) !== '' : part.key === 'signature' || full;
    if (asked && (mark || part.key === 'signature')) {
      chunks.push({ title: heading(part), parts: [part] });
      weight = 0;
    } else {
      current.parts.push(part);
      if (!current.title) current.title = heading(part);
    }
    weight += heavy(part);
    row = part.layout?.row;
  }
  const last = chunks.at(-1);
  // words at the very end belong to what they close
  if (last && chunks.length > 1 && last.parts.every(words)) chunks.splice(-2, 2, join(chunks.at(-2), last));
  const components = chunks.map((chunk, n) => ({
    id: `${MADE}${n}`, type: 'group', showOutline: false, components: chunk.parts, label: titled(chunk, titles),
  }));
  return components.length > 1 ? { schema: { ...schema, components }, sections: sectionsOf(components) } : { schema, sections: [] };
}

const join = (a: { title: string; parts: Component[] } | undefined, b: { title: string; parts: Component[] }) => ({
  title: a?.title ?? b.title, parts: [...(a?.parts ?? []), ...b.parts],
});

const heavy = (part: Component): number => (words(part) ? 0 : part.type === 'dynamiclist' || part.type === 'textarea' ? 2 : 1);

function titled(chunk: { title: string; parts: Component[] }, titles: Titles): string {
  if (chunk.title) return chunk.title;
  if (chunk.parts.some((part) => part.key === 'signature')) return titles.last;
  const asked = chunk.parts.filter((part) => !words(part));
  const first = named(asked[0]);
  if (!first) return titles.between;
  return asked.length > 1 ? titles.and(first, asked.length - 1) : first;
}

/** The words beside a field; expressions are not for reading. */
export const plain = (label: string): string => (label.startsWith('=') ? '' : label.trim());

export const named = (field: Component | undefined): string => plain(field?.label ?? field?.dateLabel ?? '');
