export type {
  MessagesByKey,
  NamedValues,
  NamesIn,
  Plural,
  PluralKey,
  Singular,
  Translate,
  TranslateBy,
  TranslateValues,
  Trim,
} from './Translate';
export { headroomTranslationRef } from './translation';
export { useTranslate } from './useTranslate';
