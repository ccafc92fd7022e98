export { buildDocument } from './buildDocument';
export type { OpenApiDocument, OpenApiInfo } from './buildDocument';
export * from './openApiRouter';
export * from './Operation';
export * from './wireSchemas';
