/** Pictures before they are sent: photos without what the camera wrote into them, such as the place; and a small one. */

const LONGEST = 2_560;
const SMALL = 320;
const JPEG = 'image/jpeg';
/** These are sent as they are: no camera writes them. */
const PLAIN: ReadonlySet<string> = new Set(['image/png', 'image/webp', 'image/gif']);

export interface Prepared {
  body: Blob;
  small: Blob | null;
}

/** `longest`: most pixels a side of a photo. What cannot be read as a picture is sent as it is, and the server says what it thinks of it. */
export async function prepared(file: Blob, longest = LONGEST): Promise<Prepared> {
  if (!file.type.startsWith('image/') || file.type === 'image/svg+xml') return { body: file, small: null };
  let picture: ImageBitmap;
  try {
    picture = await createImageBitmap(file);
  } catch {
    return { body: file, small: null };
  }
  try {
    const body = PLAIN.has(file.type) ? file : ((await drawn(picture, longest, 0.88)) ?? file);
    return { body, small: await drawn(picture, SMALL, 0.8) };
  } finally {
    picture.close();
  }
}

/** The picture again, no side longer than so many pixels. */
function drawn(picture: ImageBitmap, longest: number, quality: number): Promise<Blob | null> {
  const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const pen = canvas.getContext('2d');
  if (!pen) return Promise.resolve(null);
  pen.fillStyle = 'white';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => {
    canvas.toBlob(resolve, JPEG, quality);
  });
}
