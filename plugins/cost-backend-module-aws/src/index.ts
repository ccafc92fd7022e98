/**
 * The cloud bill: FOCUS exports in a folder or in S3, and Cost Explorer.
 *
 * @packageDocumentation
 */
export { costModuleAws as default } from './module';
