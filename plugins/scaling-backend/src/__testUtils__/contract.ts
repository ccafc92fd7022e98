import { Contract } from '@headroom/node/testUtils';
import { INFO, operations } from '../openapi/operations';

const contract = Contract.of({
  base: '/api/scaling',
  info: INFO,
  operations,
});

/** Throws when an answer is not what the document says of its route. */
export const checkContract: Contract['check'] = (asked, answer) =>
  contract.check(asked, answer);
