export { CONNECTION_SENTENCES, wordConnection } from './connectionSentences';
export { ENDPOINT_SENTENCES, wordEndpoint } from './endpointSentences';
