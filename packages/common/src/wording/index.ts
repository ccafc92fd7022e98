export { createWorder } from './createWorder';
export type { Worder } from './createWorder';
export { PART_SENTENCES, wordInTurn, wordNames } from './partSentences';
export { isWording, wordBy } from './readWording';
export type {
  Catalogues,
  SentenceKey,
  SentenceParams,
  Sentences,
} from './Sentences';
export type { Said, Worded, Wording, WordingParam } from './Wording';
