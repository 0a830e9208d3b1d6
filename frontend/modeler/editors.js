// The three editors and the two linters of Camunda Modeler, each answering with what it has to complain of.
import 'camunda-bpmn-js/dist/assets/camunda-platform-modeler.css';
import 'camunda-dmn-js/dist/assets/camunda-platform-modeler.css';
import '@bpmn-io/form-js/dist/assets/form-js.css';
import '@bpmn-io/form-js/dist/assets/form-js-editor.css';
import BpmnModeler from 'camunda-bpmn-js/lib/camunda-platform/Modeler';
import { CamundaPlatformModeler as DmnModeler } from 'camunda-dmn-js';
import { createFormEditor } from '@bpmn-io/form-js';
import { Linter } from '@camunda/linting';
import { FormLinter } from '@camunda/form-linting';

const PLATFORM = 'Camunda Platform';
const VERSION = '7.24.0';

function place(id) {
  document.getElementById(id)?.remove();
  const div = document.createElement('div');
  div.id = id;
  div.style.cssText = 'width:1200px;height:800px';
  return document.body.appendChild(div);
}

const told = (where) => (warning) => `${where}: ${warning.message ?? warning}`;

/** Without these two the editor asks which engine the model is for. */
function platformOf(platform, version) {
  return platform === PLATFORM && version === VERSION ? [] : [`platform: ${platform} ${version}, expected ${PLATFORM} ${VERSION}`];
}

/** How often each element and attribute occurs, whatever the order and the layout of the text. */
function inventory(xml) {
  const counts = {};
  const count = (name) => (counts[name] = (counts[name] ?? 0) + 1);
  for (const element of new DOMParser().parseFromString(xml, 'application/xml').getElementsByTagName('*')) {
    count(`<${element.localName}>`);
    for (const { name, localName, value } of element.attributes) {
      if (!name.startsWith('xmlns') && !/^(schemaLocation|exporter\w*)$/.test(localName)) count(`${element.localName} ${localName}=${value}`);
    }
  }
  return counts;
}

/** What saving loses or adds; defaults that the editor writes out or leaves out are no loss. */
function changed(before, after) {
  const harmless = /^BPMN\w+ id=|(isHorizontal|isMarkerVisible|isExpanded|isInterrupting|cancelActivity|bioc|isCollection|hitPolicy|triggeredByEvent)/;
  return Object.keys({ ...before, ...after })
    .filter((key) => before[key] !== after[key] && !harmless.test(key))
    .map((key) => `saving changes ${key}: ${before[key] ?? 0} before, ${after[key] ?? 0} after`);
}

async function bpmn(xml) {
  place('properties');
  const modeler = new BpmnModeler({ container: place('canvas'), propertiesPanel: { parent: '#properties' } });
  try {
    const { warnings } = await modeler.importXML(xml);
    const complaints = warnings.map(told('import'));
    const definitions = modeler.getDefinitions();
    complaints.push(...platformOf(definitions.get('modeler:executionPlatform'), definitions.get('modeler:executionPlatformVersion')));
    const linter = new Linter({ modeler: 'desktop', type: 'platform' });
    for (const { id, rule, message, category } of await linter.lint(definitions)) complaints.push(`lint ${category} ${rule} at ${id}: ${message}`);
    complaints.push(...(await everyPanel(modeler)));
    complaints.push(...changed(inventory(xml), inventory((await modeler.saveXML({ format: true })).xml)));
    return complaints;
  } finally {
    modeler.destroy();
  }
}

/** Opens every page, and the properties of one element of each kind and of the process. */
async function everyPanel(modeler) {
  const complaints = [];
  const canvas = modeler.get('canvas');
  const kinds = new Set();
  for (const { plane } of modeler.getDefinitions().diagrams) {
    const page = canvas.findRoot(plane.bpmnElement.id) ?? canvas.findRoot(`${plane.bpmnElement.id}_plane`);
    if (!page) complaints.push(`page ${plane.bpmnElement.id}: not drawn`);
  }
  for (const element of modeler.get('elementRegistry').getAll()) {
    const kind = element.type;
    if (kinds.has(kind) || element.labelTarget) continue;
    kinds.add(kind);
    const root = canvas.findRoot(element);
    if (root && root !== canvas.getRootElement()) canvas.setRootElement(root);
    modeler.get('selection').select(element);
    await new Promise((done) => requestAnimationFrame(done));
    if (!document.querySelector('#properties .bio-properties-panel-header')) complaints.push(`properties of ${kind}: not shown`);
  }
  return complaints;
}

async function dmn(xml) {
  const modeler = new DmnModeler({ container: place('canvas') });
  try {
    const { warnings } = await modeler.importXML(xml, { open: false });
    const complaints = warnings.map(told('import'));
    const definitions = modeler.getDefinitions();
    complaints.push(...platformOf(definitions.get('modeler:executionPlatform'), definitions.get('modeler:executionPlatformVersion')));
    const views = modeler.getViews();
    if (!views.some((view) => view.type === 'drd')) complaints.push('no requirements diagram');
    for (const view of views) {
      const opened = await modeler.open(view);
      complaints.push(...opened.warnings.map(told(`opening ${view.type} ${view.element.id}`)));
    }
    complaints.push(...changed(inventory(xml), inventory((await modeler.saveXML({ format: true })).xml)));
    return complaints;
  } finally {
    modeler.destroy();
  }
}

/** What saving changes in a form, but for its own marks: format, exporter, the row of a field. */
const MARKS = ['layout', 'exporter', 'schemaVersion'];

function differences(before, after, path) {
  if (before === null || after === null || typeof before !== 'object' || typeof after !== 'object') {
    return before === after ? [] : [`saving changes ${path}: ${JSON.stringify(before)} to ${JSON.stringify(after)}`];
  }
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) =>
    MARKS.includes(key) ? [] : differences(before[key], after[key], `${path}/${key}`),
  );
}

async function form(text) {
  const schema = JSON.parse(text);
  const complaints = platformOf(schema.executionPlatform, schema.executionPlatformVersion);
  const editor = await formEditor();
  const { warnings } = await editor.importSchema(schema);
  complaints.push(...warnings.map(told('import')));
  // the rules of forms end with 7.22; later versions have the same forms
  for (const { id, message, category } of new FormLinter().lint({ ...schema, executionPlatformVersion: '7.22.0' })) {
    complaints.push(`lint ${category} at ${id}: ${message}`);
  }
  complaints.push(...differences(schema, editor.saveSchema(), ''));
  return complaints;
}

/** One for all forms: to build it takes longer than to open a form in it. */
let shared;
const formEditor = () => (shared ??= createFormEditor({ container: place('form'), schema: { type: 'default', components: [] } }));

/** Opens the text in the editor of its kind; an empty list means that there is nothing to complain of. */
window.openInModeler = async (kind, text) => {
  try {
    return await { bpmn, dmn, form }[kind](text);
  } catch (failure) {
    return [`not opened: ${failure.message}`];
  }
};
