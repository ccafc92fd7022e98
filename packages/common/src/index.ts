/**
 * What every plugin of Headroom may know, whatever it does. Pure: no clock, no
 * network, no database, no Backstage runtime.
 *
 * @packageDocumentation
 */
export * from './csv';
