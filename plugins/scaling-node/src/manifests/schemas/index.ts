export { SchemaJudge } from './SchemaJudge';
export type { SchemaProblem, SchemaVerdict } from './SchemaJudge';
