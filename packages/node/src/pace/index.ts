export * from './inTurns';
export * from './Pacer';
