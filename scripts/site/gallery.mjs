// The gallery: tables and figures of the shipped studies, each with the lines of study.yaml that ask for it.

import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isMap, parseDocument } from 'yaml';
import { escapeHtml } from './template.mjs';

/** The studies whose exhibits are shown. */
export const shownStudies = [
  { id: 'income-and-life-expectancy', note: 'Real data (Gapminder).' },
  {
    id: 'ai-carbon-productivity',
    note: 'Synthetic raw layer at a fiftieth of its size, drawn to the description of a paper: how tables look, not what the paper found.',
    change: (text) => text.replace('scale: 1,', 'scale: 0.02,'),
  },
];

/** Runs the studies and copies their figures below `target/gallery`. @returns {Promise<string>} the body of the page */
export async function gallery(root, target, studies = shownStudies) {
  const body = [
    '<h1>Gallery of tables and figures</h1>',
    '<p>Each with the lines of <code>study.yaml</code> that ask for it.</p>',
  ];
  for (const study of studies) {
    const folder = mkdtempSync(join(tmpdir(), 'kaya-gallery-'));
    try {
      body.push(...(await galleryOf(root, target, folder, study)));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return body.join('\n');
}

async function galleryOf(root, target, folder, { id, note, change = (text) => text }) {
  const own = join(folder, id);
  cpSync(join(root, 'studies', id), own, {
    recursive: true,
    filter: (path) => !/[\\/]raw([\\/]|$)/.test(path.slice(root.length)),
  });
  const text = change(readFileSync(join(own, 'study.yaml'), 'utf8'));
  writeFileSync(join(own, 'study.yaml'), text);
  const out = join(folder, 'out');
  await run(root, ['study', 'run', own, '--out', out]);
  const pictures = readdirSync(join(out, 'figures')).filter((name) => name.endsWith('.svg'));
  for (const name of pictures) cpSync(join(out, 'figures', name), join(target, 'gallery', id, name));
  const document = parseDocument(text);
  const shown = (kind, name, html) => {
    const exhibit = document.get(kind)?.items.find((item) => isMap(item) && item.get('id') === name);
    const [from = 0, , to = 0] = exhibit?.range ?? [];
    return exhibit === undefined
      ? []
      : [
          `<figure>${html}<figcaption><pre><code>${escapeHtml(text.slice(from, to).trimEnd())}</code></pre></figcaption></figure>`,
        ];
  };
  const tables = document.get('tables')?.items.flatMap((item) => {
    const file = join(out, 'tables', `${item.get('id')}.html`);
    return existsSync(file) ? shown('tables', item.get('id'), tableIn(readFileSync(file, 'utf8'))) : [];
  });
  const figures = pictures.flatMap((name) => {
    const figure = name.replace(/\.svg$/, '');
    return shown('figures', figure, `<img src="gallery/${id}/${name}" alt="${escapeHtml(figure)}" loading="lazy">`);
  });
  return [
    `<h2 id="${id}">${id}</h2>`,
    `<p>${note}</p>`,
    '<h3>Figures</h3>',
    ...figures,
    '<h3>Tables</h3>',
    ...(tables ?? []),
  ];
}

function tableIn(html) {
  return /<body>([\s\S]*)<\/body>/.exec(html)?.[1] ?? '';
}

function run(root, words) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, 'dist/program/main.js'), ...words], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    child.on('exit', (status) =>
      status === 0 ? resolve() : reject(new Error(`kaya ${words.join(' ')}: exit status ${status}`)),
    );
  });
}
