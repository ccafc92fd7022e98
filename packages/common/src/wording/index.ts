export { createWorder } from './createWorder';
export type { Worder } from './createWorder';
export {
  PART_SENTENCES,
  wordInTurn,
  wordList,
  wordNames,
} from './partSentences';
export { wordAll } from './wordAll';
export { isWording, wordBy } from './readWording';
export type {
  Catalogues,
  GapsOf,
  IsPlural,
  PluralSuffix,
  SentenceKey,
  SentenceParams,
  Sentences,
  TextOf,
} from './Sentences';
export type { Said, Worded, Wording, WordingParam } from './Wording';
