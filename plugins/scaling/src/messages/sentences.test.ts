import { SCALING_SENTENCES } from './sentences';

const sentences = Object.entries(SCALING_SENTENCES).flatMap(
  ([name, catalogue]) =>
    Object.entries<string>(catalogue).map(
      ([key, sentence]) => [`${name}.${key}`, sentence] as const,
    ),
);

/** Options that i18next takes for its own where they are passed. */
const RESERVED =
  /\{\{(context|defaultValue|interpolation|joinArrays|keySeparator|lng|lngs|nest|ns|nsSeparator|ordinal|postProcess|replace|returnDetails|returnObjects|skipInterpolation)\}\}/;

describe('SCALING_SENTENCES', () => {
  it.each(sentences)('%s can be translated', (key, sentence) => {
    expect(key).toMatch(/^[a-zA-Z0-9]+\.[a-zA-Z0-9]+(_one|_other)?$/);
    expect(sentence).not.toMatch(RESERVED);
    // Gaps are names alone: no format and no nested sentence of i18next.
    expect(sentence.replace(/\{\{[a-zA-Z0-9]+\}\}/g, '')).not.toMatch(
      /[{}]|\$t\(/,
    );
  });
});
