/**
 * Extension points of the cost back end, and the resource its permission is about.
 *
 * @packageDocumentation
 */
export * from './extensions';
export * from './permissions';
export * from './sources';
