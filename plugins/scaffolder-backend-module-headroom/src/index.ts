/**
 * Actions and filters of the scaffolder: manifests of a service, what it will cost,
 * its hours.
 *
 * @packageDocumentation
 */
export { scaffolderModuleHeadroom as default } from './module';
