/**
 * Usage, prices and demand of the demo cluster, asked over loopback.
 *
 * @packageDocumentation
 */
export { costModuleDemo as default } from './module';
