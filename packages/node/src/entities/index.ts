/**
 * A plugin's own copy of the catalog's entities: what its permission rules, its
 * queries and its pages look at, without asking the catalog each time.
 *
 * A plugin that wants one has three things to do:
 *
 * 1. A dated migration of its own calls `createEntityTables(knex, 'scaling')` in
 *    `up` and `dropEntityTables(knex, 'scaling')` in `down`.
 * 2. Its `database/` makes `EntityMirror.create({ knex, prefix: 'scaling' })`, with
 *    hooks where what it keeps beside the mirror must follow.
 * 3. A scheduled work runs `EntitySync`, which reads the catalog into the mirror.
 *
 * Conditions of `criteriaToSql` are about `scaling_entities`, aliased `e`. What is
 * kept for an entity refers to its `id`, which stays when its name is taken by another.
 */
export { ENTITY_GRACE } from './entitySql';
export * from './entityTables';
export * from './EntityMirror';
export * from './EntityReader';
export * from './EntitySync';
export * from './StoredEntity';
