export * from './controllerTables';
