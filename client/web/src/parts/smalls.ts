import { takeFile, type Pass } from '../store/api.ts';

/** Small pictures that this page has, as addresses of its own; asked for once. */
const known = new Map<string, Promise<string | null>>();

/** Where the small picture of a file is to be had; null where it is not. */
export function smallOf(pass: Pass, file: { id: string; small: string }): Promise<string | null> {
  const key = `${pass.workshop}.${pass.token}.${file.id}.${file.small}`;
  const there =
    known.get(key) ??
    takeFile(pass, `${file.id}/small`).then(
      (picture) => URL.createObjectURL(picture),
      () => null,
    );
  known.set(key, there);
  void there.then((address) => {
    if (address === null) known.delete(key);
  });
  return there;
}
