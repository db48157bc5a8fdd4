import { MediaQuery } from 'svelte/reactivity';

/** Laptops and wider: sections side by side. */
export const wide = new MediaQuery('(min-width: 900px)');
