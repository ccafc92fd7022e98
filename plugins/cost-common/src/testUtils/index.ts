/**
 * Usage that is made up or was measured, for tests, benches and peers. No stable API.
 *
 * @packageDocumentation
 */
export * from './digestOfDay';
export * from './measuredLoads';
