/**
 * Extension points of the cost back end, the resource its permission is about, and
 * what it needs to be of use.
 *
 * @packageDocumentation
 */
export * from './bills';
export * from './extensions';
export * from './permissions';
export * from './serviceLevels';
export * from './sources';
