/**
 * The cloud bill: FOCUS exports in a folder or in S3.
 *
 * @packageDocumentation
 */
export { costModuleAws as default } from './module';
