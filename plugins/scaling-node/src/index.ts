/**
 * What scaling shares with modules, and how it changes things: the resource of its
 * permissions, and pull requests.
 *
 * @packageDocumentation
 */
export * from './actuators';
export * from './kubernetes';
export * from './permissions';
export * from './repositories';
export * from './manifests/schemas';
