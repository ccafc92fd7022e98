/**
 * Extension points of the cost back end.
 *
 * @packageDocumentation
 */
export * from './extensions';
export * from './sources';
