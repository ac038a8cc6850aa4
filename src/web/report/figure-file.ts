import { words } from './page-words.ts';

/** Points of a picture to a unit of the drawing. */
const pointsPerUnit = 3;
/** Room below a drawing for a line on its version, and the size of its letters. */
const room = 22;
const lineSize = 11;

/** A figure of the page as a file that stands by itself, in the language and the width that are shown. */
export async function takenFigure(
  exhibit: Element,
  as: 'svg' | 'png',
): Promise<{ readonly content: string | Uint8Array<ArrayBuffer>; readonly type: string }> {
  const shown = [...exhibit.querySelectorAll<SVGSVGElement>('.scroll svg')].find((one) => one.checkVisibility());
  if (shown === undefined) throw new Error('no figure');
  const drawing = standing(shown, exhibit.closest<HTMLElement>('[data-version]')?.dataset.version ?? null);
  const svg = new XMLSerializer().serializeToString(drawing);
  if (as === 'svg') return { content: svg, type: 'image/svg+xml' };
  return { content: await points(svg, drawing.viewBox.baseVal), type: 'image/png' };
}

/** A copy in colours of its own, on white. @param changes of the version that it is of; null: the authors' */
function standing(shown: SVGSVGElement, changes: string | null): SVGSVGElement {
  const drawing = shown.cloneNode(true) as SVGSVGElement; // a clone is of the kind of what is cloned
  const [left = 0, top = 0, width = 0, height = 0] = (shown.getAttribute('viewBox') ?? '').split(/[\s,]+/).map(Number);
  const below = changes === null ? 0 : room;
  drawing.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  drawing.setAttribute('viewBox', `${left} ${top} ${width} ${height + below}`);
  drawing.setAttribute('width', String(width));
  drawing.setAttribute('height', String(height + below));
  drawing.style.setProperty('color', '#1c1e21');
  drawing.style.setProperty('background', '#fff');
  drawing.style.setProperty('--figure-paper', '#fff');
  if (changes !== null) {
    const line = shown.ownerDocument.createElementNS('http://www.w3.org/2000/svg', 'text');
    line.setAttribute('x', String(left + 4));
    line.setAttribute('y', String(top + height + lineSize + 3));
    line.setAttribute('font-size', String(lineSize));
    line.setAttribute('fill', 'currentColor');
    line.textContent = words('version.taken', { changes });
    drawing.append(line);
  }
  return drawing;
}

async function points(svg: string, { width, height }: DOMRect): Promise<Uint8Array<ArrayBuffer>> {
  const image = new Image();
  // The policy of the page knows pictures that stand in an address, and no others.
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width * pointsPerUnit);
  canvas.height = Math.round(height * pointsPerUnit);
  const paper = canvas.getContext('2d');
  if (paper === null) throw new Error('no canvas');
  paper.fillStyle = '#fff';
  paper.fillRect(0, 0, canvas.width, canvas.height);
  paper.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (blob === null) throw new Error('no picture');
  return new Uint8Array(await blob.arrayBuffer());
}
