export * from './urlWithoutSecrets';
