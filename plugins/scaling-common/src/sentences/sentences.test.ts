import * as catalogues from '.';

const sentences = Object.entries(catalogues).flatMap(([name, catalogue]) =>
  typeof catalogue === 'object'
    ? Object.entries<string>(catalogue).map(
        ([key, sentence]) => [`${name}.${key}`, sentence] as const,
      )
    : [],
);

/** Options that i18next takes for its own where they are passed. */
const RESERVED =
  /\{\{(context|defaultValue|interpolation|joinArrays|keySeparator|lng|lngs|nest|ns|nsSeparator|ordinal|postProcess|replace|returnDetails|returnObjects|skipInterpolation)\}\}/;

describe('sentences', () => {
  it.each(sentences)('%s can be translated', (key, sentence) => {
    expect(key).toMatch(/^[A-Z_]+\.[a-zA-Z0-9]+(_one|_other)?$/);
    expect(sentence).not.toMatch(RESERVED);
    // Gaps are names alone: no format and no nested sentence of i18next.
    expect(sentence.replace(/\{\{[a-zA-Z0-9]+\}\}/g, '')).not.toMatch(
      /[{}]|\$t\(/,
    );
  });

  it.each(sentences.filter(([key]) => /_(one|other)$/.test(key)))(
    '%s has its counterpart',
    key => {
      const other = key.endsWith('_one')
        ? key.replace(/_one$/, '_other')
        : key.replace(/_other$/, '_one');
      expect(sentences.map(([name]) => name)).toContain(other);
    },
  );
});
