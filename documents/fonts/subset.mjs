// Cuts the fonts of official papers: common Chinese characters and the rare ones found in names, without the
// Kangxi radicals (U+2E80–2FDF) and compatibility ideographs (U+F900–FAFF). These share glyphs with ordinary
// characters, and a PDF would then hold ⾏ instead of 行 in its text: neither searchable nor provable.
//
// Usage: node subset.mjs [target folder]. Does nothing when the fonts are there and newer than this file.
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const out = resolve(process.argv[2] ?? join(here, '../../target/classes/fonts'));
const packages = join(here, 'node_modules/@expo-google-fonts');

const fonts = [
  { name: 'serif-400.ttf', source: 'noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf' },
  { name: 'serif-700.ttf', source: 'noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf' },
  { name: 'sans-400.ttf', source: 'noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf' },
];
// the SIL Open Font License travels with each family
const licences = [
  ['OFL-noto-serif-sc.txt', 'noto-serif-sc/LICENSE_FONT'],
  ['OFL-noto-sans-sc.txt', 'noto-sans-sc/LICENSE_FONT'],
];

const ranges = [
  [0x20, 0x7e], [0xa0, 0x17f], [0x2010, 0x2027], [0x2030, 0x205e], [0x20ac, 0x20ac], [0x2100, 0x22ff],
  [0x2460, 0x24ff], [0x2500, 0x27bf], [0x3000, 0x33ff], [0x4e00, 0x9fff], [0xff00, 0xffef], [0x20000, 0x323af],
];
// the characters of extension A that the General Standard Chinese Characters table (2013) admits for names
const rare =
  '㑇㑊㕮㘎㙍㙘㙦㛃㛚㛹㟃㠇㠓㤘㥄㧐㧑㧟㫰㬊㬎㬚㭎㭕㮾㰀㳇㳘㳚㴔㵐㶲㸆㸌㺄㻬㽏㿠䁖䂮䃅䃎䅟䌹䎃䎖䏝䏡䏲䐃䓖䓛䓨䓫䓬䗖䗛䗪䗴䜣䝙䢺䢼䣘䥽䦃䲟䲠䲢䴓䴔䴕䴖䴗䴘䴙䶮';

function characters() {
  const parts = [rare];
  for (const [from, to] of ranges) {
    for (let code = from; code <= to; code++) parts.push(String.fromCodePoint(code));
  }
  return parts.join('');
}

// PDFBox would replace letters by ligatures (fi, two dashes), and ligatures have no text of their own in a PDF
const dropped = ['GSUB', 'GPOS', 'GDEF', 'BASE'];

// rewrites the table directory of a TrueType file without the dropped tables
function withoutLayout(font) {
  const tables = [];
  for (let i = 0; i < font.readUInt16BE(4); i++) {
    const at = 12 + 16 * i;
    const tag = font.toString('latin1', at, at + 4);
    const [sum, offset, length] = [4, 8, 12].map((field) => font.readUInt32BE(at + field));
    if (!dropped.includes(tag)) tables.push({ tag, sum, data: font.subarray(offset, offset + length) });
  }
  const header = Buffer.alloc(12 + 16 * tables.length);
  font.copy(header, 0, 0, 4);
  const power = Math.floor(Math.log2(tables.length));
  header.writeUInt16BE(tables.length, 4);
  header.writeUInt16BE(16 << power, 6);
  header.writeUInt16BE(power, 8);
  header.writeUInt16BE(16 * tables.length - (16 << power), 10);
  const parts = [header];
  let end = header.length;
  tables.forEach(({ tag, sum, data }, i) => {
    header.write(tag, 12 + 16 * i, 'latin1');
    [sum, end, data.length].forEach((value, field) => header.writeUInt32BE(value, 16 + 16 * i + 4 * field));
    const padding = Buffer.alloc((4 - (data.length % 4)) % 4);
    parts.push(data, padding);
    end += data.length + padding.length;
  });
  return Buffer.concat(parts);
}

const inputs = [fileURLToPath(import.meta.url), join(here, 'package-lock.json')];
const newest = Math.max(...inputs.map((file) => statSync(file).mtimeMs));
const outputs = [...fonts.map((font) => font.name), ...licences.map(([name]) => name)].map((name) => join(out, name));
if (outputs.every((file) => existsSync(file) && statSync(file).mtimeMs >= newest)) process.exit(0);

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
execFileSync(npm, ['ci', '--prefer-offline', '--silent'], { cwd: here, stdio: 'inherit' });
const { default: subsetFont } = await import('subset-font');

mkdirSync(out, { recursive: true });
const text = characters();
for (const font of fonts) {
  const cut = await subsetFont(readFileSync(join(packages, font.source)), text, {
    targetFormat: 'truetype',
    noLayoutClosure: true,
  });
  const plain = withoutLayout(cut);
  writeFileSync(join(out, font.name), plain);
  console.log(`${font.name} ${(plain.length / 1e6).toFixed(1)} MB`);
}
for (const [name, source] of licences) copyFileSync(join(packages, source), join(out, name));
