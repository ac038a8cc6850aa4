import type { RasterImage } from '../../output/document/contract.ts';

/** Points of a picture across at the least, as the command line has them. */
const leastAcross = 1440;

/**
 * A drawing as points, with the fonts of the reader's machine: a page can, what runs beside it cannot.
 * @param svg a drawing that stands by itself, with its size
 */
export async function rasterInPage(svg: string): Promise<RasterImage> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const { naturalWidth: width, naturalHeight: height } = image;
  const scale = Math.max(2, leastAcross / width);
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const paper = canvas.getContext('2d');
  if (paper === null) throw new TypeError('the browser gives no canvas');
  paper.fillStyle = '#fff';
  paper.fillRect(0, 0, canvas.width, canvas.height);
  paper.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (blob === null) throw new TypeError('the browser gives no picture');
  return { png: new Uint8Array(await blob.arrayBuffer()), width, height };
}
