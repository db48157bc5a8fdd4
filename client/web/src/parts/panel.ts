/** What a note's tools have opened. */
export type Panel = 'move' | 'tags' | 'colour' | 'more' | null;
