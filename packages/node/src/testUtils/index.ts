/**
 * What the tests of back ends share.
 *
 * @packageDocumentation
 */
export * from './Contract';
export * from './TestPostgres';
