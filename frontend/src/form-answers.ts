/** Answers in words, for checking before they are sent. */
import { type Component, type Section, named, plain } from './form-sections';

type Data = Record<string, unknown>;

export interface Answer {
  field: string;
  label: string;
  value: string;
}

export interface AnsweredSection {
  id: string;
  title: string;
  answers: Answer[];
}

export interface Words {
  yes: string;
  separator: string;
  row: (list: string, number: number) => string;
  locale: string;
}

/** What has been answered, section by section; what was left empty and what is hidden is left out. */
export function answered(sections: Section[], data: Data, words: Words): AnsweredSection[] {
  return sections
    .map((section) => ({ id: section.id, title: section.title, answers: section.fields.flatMap((field) => of(field, data, words)) }))
    .filter((section) => section.answers.length > 0);
}

function of(field: Component, data: Data, words: Words, prefix = ''): Answer[] {
  if (field.type === 'group') return (field.components ?? []).flatMap((child) => of(child, data, words, prefix));
  if (field.type === 'dynamiclist') {
    const rows = data[field.path ?? ''];
    if (!Array.isArray(rows)) return [];
    return rows.flatMap((row: Data, index) =>
      (field.components ?? []).flatMap((child) => of(child, row, words, words.row(plain(field.label ?? ''), index + 1))),
    );
  }
  if (!field.key || field.key === 'signature') return [];
  const value = inWords(field, data[field.key], words);
  return value ? [{ field: field.id, label: prefix ? `${prefix} · ${named(field)}` : named(field), value }] : [];
}

function inWords(field: Component, value: unknown, words: Words): string {
  if (value === null || value === undefined || value === '' || value === false && field.type === 'checkbox') return '';
  if (Array.isArray(value)) return value.map((one) => inWords(field, one, words)).filter(Boolean).join(words.separator);
  if (field.type === 'checkbox') return words.yes;
  const option = field.values?.find((candidate) => String(candidate.value) === String(value));
  if (option) return plain(option.label);
  if (field.type === 'datetime') return moment(field, String(value), words.locale);
  const unit = field.appearance?.suffixAdorner;
  return unit && !unit.startsWith('=') ? `${String(value)} ${unit}` : String(value);
}

function moment(field: Component, value: string, locale: string): string {
  if (field.subtype === 'time') return value.slice(0, 5);
  const [year = '', month = '', day = ''] = value.slice(0, 10).split('-');
  const date = locale.startsWith('zh') ? `${year}年${Number(month)}月${Number(day)}日` : value.slice(0, 10);
  if (field.subtype !== 'datetime') return date;
  const at = new Date(value);
  if (Number.isNaN(at.getTime())) return value;
  const two = (n: number): string => String(n).padStart(2, '0');
  const here = locale.startsWith('zh')
    ? `${at.getFullYear()}年${at.getMonth() + 1}月${at.getDate()}日`
    : `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${here} ${two(at.getHours())}:${two(at.getMinutes())}`;
}
