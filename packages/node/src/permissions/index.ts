export * from './criteriaToSql';
export * from './entity';
export * from './entityRules';
