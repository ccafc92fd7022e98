export { headroomTranslationRef } from './translation';
