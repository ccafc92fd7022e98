export * from './mapInTurns';
export * from './Pacer';
