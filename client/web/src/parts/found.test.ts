import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { found, wholes } from './found.ts';
import { plain } from './plain.ts';

describe('[FIND1] words as one searches them', () => {
  it('have neither case nor accents, in any writing', () => {
    expect(plain('Évaluación ÑANDÚ')).toBe('evaluacion nandu');
    expect(plain('שָׁלוֹם')).toBe('שלום');
    expect(plain('日本語 Straße')).toBe('日本語 straße');
  });
});

describe('a line', () => {
  it('breaks at no hyphen of a short word', () => {
    expect(wholes('I-65, K-12 and e-mail')).toEqual(['', 'I-65', ', ', 'K-12', ' and ', 'e-mail', '']);
    for (const text of ['long-term, co-operation', 'a-b-c', '- one', ''])
      expect(wholes(text)).toEqual([text]);
  });
});

describe('[FIND3] what is marked', () => {
  const hits = (text: string, ...wanted: string[]): string[] =>
    found(text, wanted)
      .filter(({ hit }) => hit)
      .map((piece) => piece.text);

  it('are the words as they were written, accents and all, in whichever form', () => {
    expect(hits('La Evaluación, la evaluacio\u0301n', 'evaluacion')).toEqual([
      'Evaluación',
      'evaluacio\u0301n',
    ]);
    expect(hits('One, two; one', 'one', 'two')).toEqual(['One', 'two', 'one']);
    expect(hits('<b>one</b>', 'b')).toEqual(['b', 'b']);
    expect(hits('🎓 grades', 'grades')).toEqual(['grades']);
  });

  it('leaves the text as it is', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.array(fc.string({ minLength: 1, maxLength: 2 })),
        (text, words) => {
          const wanted = words.map(plain).filter(Boolean);
          expect(
            found(text, wanted)
              .map((piece) => piece.text)
              .join(''),
          ).toBe(text);
        },
      ),
    );
  });
});
