import { kubectlName } from './kubectlName';

describe('kubectlName', () => {
  it.each([
    ['Deployment', 'deployment/cart'],
    ['Service', 'services.serving.knative.dev/cart'],
  ])('of a %s is %s', (kind, expected) => {
    expect(kubectlName({ kind, name: 'cart' })).toBe(expected);
  });
});
