export * from './Projection';
export * from './projectMonth';
