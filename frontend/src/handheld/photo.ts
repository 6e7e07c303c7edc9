/** Photographs small enough for a slow network: at most 1600 pixels a side, as JPEG, without what the camera wrote into them. */

const LONGEST = 1600;
const QUALITY = 0.82;

/** Size within the limit, of the same shape. */
export function fitted(width: number, height: number, longest = LONGEST): [number, number] {
  const scale = Math.min(1, longest / Math.max(width, height));
  return [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
}

/** Throws where the file is no picture that this browser can read. */
export async function compressed(file: Blob): Promise<Blob> {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
  const [width, height] = fitted(picture.width, picture.height);
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [width, height];
  canvas.getContext('2d')!.drawImage(picture, 0, 0, width, height);
  picture.close();
  return new Promise((done, failed) =>
    canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error('the picture cannot be written'))), 'image/jpeg', QUALITY),
  );
}
