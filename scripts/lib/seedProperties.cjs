/**
 * Properties are tried with Jest's seed, so that a run can be repeated: `npm test`
 * has one of its own, and `npm test -- --seed 7` looks elsewhere. fast-check is loaded
 * only by tests that use it.
 */
jest.mock('fast-check', () => {
  const fastCheck = jest.requireActual('fast-check');
  fastCheck.configureGlobal({ seed: jest.getSeed() });
  return fastCheck;
});
