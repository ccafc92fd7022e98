export * from './Actuator';
export * from './ActuatorError';
