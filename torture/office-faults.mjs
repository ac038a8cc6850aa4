import { DOMParser } from 'linkedom';
import { partsOf } from './zip.mjs';

/** Elements by which a document acts: formulas and links of workbooks, fields, links and objects of texts. */
const ACTING_ELEMENTS = {
  xlsx: ['f', 'hyperlink', 'ddeLink', 'oleObject'],
  docx: ['w:hyperlink', 'w:object', 'w:altChunk', 'w:control'],
};
/** What a field of a text may be: the number of its page. */
const HARMLESS_FIELD = /^\s*(?:PAGE|NUMPAGES)\s*$/;

/**
 * What a workbook or a text document holds of theirs that acts: a part that is no XML, a control character, a
 * formula, a link, a field, a program. Undefined where there is none.
 *
 * @param {Buffer} bytes  the file
 * @param {'xlsx' | 'docx'} format
 * @param {(text: string) => string | undefined} actingCharacter  says which character of a text acts
 * @returns {string | undefined}
 */
export function faultOfOffice(bytes, format, actingCharacter) {
  for (const { name, content } of partsOf(bytes)) {
    if (/\.(?:png|jpe?g|svg)$/.test(name)) continue;
    if (!/\.(?:xml|rels)$/.test(name)) return `a part that is no XML: ${name}`;
    const text = content.toString('utf8');
    const character = actingCharacter(text);
    if (character !== undefined) return `${character} in ${name}`;
    const { documentElement } = new DOMParser().parseFromString(text, 'text/xml');
    if (documentElement === null) return `no XML: ${name}`;
    if (name.endsWith('.rels') && /TargetMode\s*=\s*["']External/i.test(text)) return `a link outwards: ${name}`;
    for (const element of ACTING_ELEMENTS[format]) {
      const found = documentElement.querySelector(element.replace(':', '\\:'));
      if (found !== null) return `${element} in ${name}: ${found.outerHTML.slice(0, 200)}`;
    }
    const fields = [
      ...text.matchAll(/<w:instrText[^>]*>([^<]*)</g),
      ...text.matchAll(/<w:fldSimple[^>]*w:instr="([^"]*)"/g),
    ];
    const field = fields.find(([, words]) => !HARMLESS_FIELD.test(words));
    if (field !== undefined) return `a field in ${name}: ${field[0]}`;
  }
  return undefined;
}
