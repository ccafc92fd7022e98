export type { Translate, TranslateBy } from './Translate';
export { headroomTranslationRef } from './translation';
export { useTranslate } from './useTranslate';
