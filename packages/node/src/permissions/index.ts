export * from './criteriaToSql';
export * from './entity';
export * from './EntityAuthorizer';
export * from './entityRules';
export * from './EntityScope';
