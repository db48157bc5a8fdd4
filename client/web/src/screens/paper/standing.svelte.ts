import type { Picture } from './pictures.ts';

/** A picture as it stands in the text now, for who shows it. */
export class Standing {
  picture: Picture;

  constructor(picture: Picture) {
    this.picture = $state.raw(picture);
  }
}
