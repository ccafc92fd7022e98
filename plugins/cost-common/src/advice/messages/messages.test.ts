import { wordBy } from '@headroom/common';
import { COST_SENTENCES } from '../../costSentences';
import {
  appetiteOf,
  digestsOf,
  factsOf,
  GIB,
  inputOf,
  LIMITED,
  SPEC,
} from '../__testUtils__/builders';
import { adviseContainer } from '../adviseContainer';
import { explainAdvice } from '../output/explainAdvice';
import { AdviceInput } from '../types';
import { ADVICE_CATALOGUES } from '.';

/** Parts of sentences: amounts, and what an object is called. */
const PARTS = /^adviceAmounts\.|^adviceRoom\.largestOf/;

const all: Record<string, string> = {};
for (const [name, sentences] of Object.entries(ADVICE_CATALOGUES)) {
  for (const [key, sentence] of Object.entries<string>(sentences)) {
    all[`${name}.${key}`] = sentence;
  }
}

describe('sentences of advice', () => {
  it.each(Object.entries(all).filter(([key]) => !PARTS.test(key)))(
    '%s is whole: it begins with a capital or a name and ends with a stop',
    (_, sentence) => {
      expect(sentence).toMatch(/^([A-Z]|\{\{)/);
      expect(sentence).toMatch(/\.$/);
    },
  );

  it.each<[string, Partial<AdviceInput>]>([
    ['a change', {}],
    ['few days', { digests: digestsOf(3) }],
    ['nothing readable', { steering: undefined, limits: undefined }],
    ['no spec', { spec: undefined }],
    [
      'a kill, a heap and a limit',
      {
        policy: LIMITED,
        facts: factsOf({
          fixedHeap: { runtime: 'jvm', evidence: '-Xmx2g', heapBytes: 2 * GIB },
          memoryVolumes: true,
        }),
        digests: digestsOf(28, { oomKills: 2, oomLimitBytes: 4 * GIB }),
      },
    ],
    [
      'the largest node',
      {
        node: { cpuCores: 1.5, memoryBytes: GIB, nodePools: ['general'] },
        digests: digestsOf(28, { cpu: () => 1.5 }),
        spec: { ...SPEC, cpuRequestCores: 0.5 },
      },
    ],
    ['a critical GPU', { appetite: appetiteOf('critical'), spec: {} }],
  ])('are the words of a page as they are the message: %s', (_, more) => {
    const advice = adviseContainer(
      inputOf({ digests: digestsOf(28), ...more }),
    );
    const explained = explainAdvice(advice);
    const said = [
      ...advice.cpu.reasons,
      ...advice.memory.reasons,
      explained.cpu,
      explained.memory,
    ];
    for (const { message, wording } of JSON.parse(JSON.stringify(said))) {
      expect(wordBy(COST_SENTENCES, wording, english)).toBe(message);
    }
  });
});

/** A translation into the language they are written in. */
function english(key: string, params: Record<string, string | number>): string {
  const catalogues: Record<string, Record<string, string>> = COST_SENTENCES;
  const [name, id] = key.split('.');
  const plural = params.count === 1 ? `${id}_one` : `${id}_other`;
  const sentence = catalogues[name][plural] ?? catalogues[name][id];
  return sentence.replace(/\{\{(\w+)\}\}/g, (_, gap) => String(params[gap]));
}
