import { errorKind, errorMessage } from './errorKind';

/** As a client throws it: what the back end said is the cause. */
function failed(name: string): Error {
  const cause = Object.assign(new Error('said so'), { name });
  return Object.assign(new Error('Request failed', { cause }), {
    name: 'ResponseError',
  });
}

describe('errorKind', () => {
  it.each([
    ['NotAllowedError', 'not-allowed'],
    ['NotFoundError', 'not-found'],
    ['InputError', 'bad-request'],
    ['ServiceUnavailableError', 'unavailable'],
    ['Error', 'other'],
  ])('tells a %s of a back end apart', (name, kind) => {
    expect(errorKind(failed(name))).toBe(kind);
    expect(errorMessage(failed(name))).toBe('said so');
  });
});
