export * from './EntityTeamCost';
