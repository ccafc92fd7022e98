export type {
  MessagesByKey,
  NamesIn,
  PluralKey,
  Translate,
  TranslateBy,
  TranslateValues,
} from './Translate';
export { headroomTranslationRef } from './translation';
export { useTranslate } from './useTranslate';
