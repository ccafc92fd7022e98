/**
 * What every back end of Headroom may use: configuration that all share, databases,
 * a mirror of the catalog's entities, permission rules, scheduled turns, readiness and
 * HTTP helpers. It knows no plugin.
 *
 * @packageDocumentation
 */
export * from './config';
export * from './database';
export * from './entities';
export * from './http';
export * from './notices';
export * from './openapi';
export * from './pace';
export * from './permissions';
export * from './readiness';
export * from './turns';
