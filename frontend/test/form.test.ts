import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answered } from '../src/form-answers';
import { type Component, sectioned } from '../src/form-sections';
import { PICTURES, type Waiting, fits, inTurn } from '../src/offline/outbox';
import type { Kept } from '../src/offline/vault';

const titles = { first: 'Basics', between: 'More', last: 'Sign', and: (question: string, others: number) => `${question}+${others}` };
const field = (key: string, more: Partial<Component> = {}): Component => ({ id: `Field_${key}`, type: 'textfield', key, label: key, ...more });
const group = (id: string, ...components: Component[]): Component => ({ id, type: 'group', label: id, components });
const form = (...components: Component[]): Component => ({ id: 'f', type: 'default', components });
const words: Component = { id: 'Text_title', type: 'text', text: 'help' };

test('a short form without groups stays as it is', () => {
  const one = form(words, field('a'));
  assert.deepEqual(sectioned(one, titles), { schema: one, sections: [] });
});

test('groups are sections; what stands outside gets a title of its own', () => {
  const { schema, sections } = sectioned(form(field('a'), group('One', field('b')), field('c'), group('Two', field('d')), field('signature')), titles);
  assert.deepEqual(sections.map((section) => section.title), ['Basics', 'One', 'More', 'Two', 'Sign']);
  assert.ok(schema.components?.every((part) => part.type === 'group'));
  assert.equal(new Set(sections.map((section) => section.id)).size, 5);
});

test('no field gets lost and words alone make no section', () => {
  const { schema, sections } = sectioned(form(words, group('One', field('b')), field('signature')), titles);
  assert.deepEqual(sections.map((section) => section.title), ['One', 'Sign']);
  assert.equal(schema.components?.[0]?.components?.[0], words);
  assert.deepEqual(sections.flatMap((section) => section.fields.map((one) => one.key)), ['b', 'signature']);
});

const told = { yes: 'Yes', separator: ', ', row: (list: string, n: number) => `${list} ${n}`, locale: 'en' };

test('answers are told in the words of the form', () => {
  const sections = [
    {
      id: 'One', title: 'One', fields: [
        field('choice', { type: 'radio', values: [{ label: 'Not at all', value: 'NONE' }, { label: 'True', value: true }] }),
        field('many', { type: 'checklist', values: [{ label: 'A', value: 'a' }, { label: 'B', value: 'b' }] }),
        field('ticked', { type: 'checkbox' }), field('unticked', { type: 'checkbox' }), field('empty'),
        field('day', { type: 'datetime', subtype: 'date' }),
        field('fee', { type: 'number', appearance: { suffixAdorner: 'yuan' } }),
        { id: 'list', type: 'dynamiclist', path: 'list', label: 'Officers', components: [field('name')] },
        field('signature', { type: 'checkbox' }),
      ],
    },
    { id: 'Two', title: 'Two', fields: [field('nothing')] },
  ];
  const data = { choice: 'NONE', many: ['b', 'a'], ticked: true, unticked: false, empty: '', day: '2026-03-09', fee: 0, list: [{ name: 'x' }, { name: '' }], signature: true };
  assert.deepEqual(answered(sections, data, told), [
    {
      id: 'One', title: 'One', answers: [
        { field: 'Field_choice', label: 'choice', value: 'Not at all' },
        { field: 'Field_many', label: 'many', value: 'B, A' },
        { field: 'Field_ticked', label: 'ticked', value: 'Yes' },
        { field: 'Field_day', label: 'day', value: '2026-03-09' },
        { field: 'Field_fee', label: 'fee', value: '0 yuan' },
        { field: 'Field_name', label: 'Officers 1 · name', value: 'x' },
      ],
    },
  ]);
});

const picture = (size: number): Pick<Waiting, 'picture'> => ({ picture: { kind: 'SCENE', name: 'a.jpg', type: 'image/jpeg', size } });

test('a device keeps so many pictures and no more', () => {
  assert.ok(fits([], 1));
  assert.ok(fits([{}, ...Array<Pick<Waiting, 'picture'>>(PICTURES.most - 1).fill(picture(1))], 1));
  assert.ok(!fits(Array<Pick<Waiting, 'picture'>>(PICTURES.most).fill(picture(1)), 1));
  assert.ok(!fits([picture(PICTURES.bytes)], 1));
});

test('pictures are sent after what was written, each in the order it came', () => {
  const entry = (id: string, of: Pick<Waiting, 'picture'> = {}): Kept<Waiting> => ({ id, at: 0, value: { ...of } as Waiting });
  const ids = inTurn([entry('p1', picture(1)), entry('a'), entry('p2', picture(1)), entry('b')]).map((one) => one.id);
  assert.deepEqual(ids, ['a', 'b', 'p1', 'p2']);
});

const many = (n: number): Component[] => Array.from({ length: n }, (_, i) => field(`q${i}`));

test('a long form without groups comes a few questions at a time, and nothing gets lost', () => {
  const { schema, sections } = sectioned(form(words, ...many(9), field('signature')), titles);
  assert.deepEqual(sections.map((section) => section.title), ['q0+3', 'q4+3', 'q8', 'Sign']);
  assert.deepEqual(sections.flatMap((section) => section.fields.map((one) => one.key)), [...Array.from({ length: 9 }, (_, i) => `q${i}`), 'signature']);
  assert.equal(schema.components?.[0]?.components?.[0], words);
});

test('what depends on an answer and what stands in one row stays with it', () => {
  const dependent = field('why', { conditional: { hide: '=q3 = null' } });
  const row = { layout: { row: 'Row_1' } };
  const { sections } = sectioned(form(...many(4), dependent, field('a', row), field('b'), field('c'), field('d', row), field('e', row)), titles);
  assert.deepEqual(sections.map((section) => section.fields.map((one) => one.key)), [['q0', 'q1', 'q2', 'q3', 'why'], ['a', 'b', 'c', 'd', 'e']]);
});

test('headings and lines part a form where it has them', () => {
  const title = (text: string): Component => ({ id: `T_${text}`, type: 'text', text: `## ${text}` });
  const { sections } = sectioned(form(words, ...many(3), title('Then'), field('a'), field('b'), { id: 's', type: 'separator' }, field('c'), field('d')), titles);
  assert.deepEqual(sections.map((section) => [section.title, section.fields.length]), [['q0+2', 3], ['Then', 2], ['c+1', 2]]);
});
