/**
 * What the pages and the back end of scaling share. Pure: no clock, no network but
 * the client's, no database.
 *
 * @packageDocumentation
 */
export * from './client';
export * from './manifests';
export * from './permissions';
export * from './policies';
export * from './reports';
export * from './rightsizing';
export * from './savings';
export * from './schedules';
export * from './sentences';
export * from './stamping';
export * from './targets';
