import { action, target } from '../__testUtils__/drafts';
import { undoOf } from './Undoing';

const reason = { message: 'It was killed.' };
const request = (over: Parameters<typeof action>[1] = {}) =>
  action('web', { group: 'advice', ...over });
const goal = (over: Parameters<typeof action>[1] = {}) =>
  action('goal', { group: 'advice', before: 70, after: 90, ...over });

it('gives back at once what pods had to come for', () => {
  const first = request();
  const second = goal({
    waitsFor: { target: target('web'), fields: [], rolledOut: true },
  });
  const together = [first, second];
  expect(undoOf('1', first, reason, together)).not.toHaveProperty('waitsFor');
  expect(undoOf('2', second, reason, together)).not.toHaveProperty('waitsFor');
});

it('puts back last what went first, once the pods have come', () => {
  const first = goal({ before: 90, after: 70 });
  const second = request({
    waitsFor: { target: target('goal'), fields: [] },
  });
  const together = [first, second];
  expect(undoOf('1', first, reason, together)).toMatchObject({
    changes: [{ before: 70, after: 90 }],
    group: 'advice',
    waitsFor: {
      target: target('web'),
      fields: [{ path: ['spec', 'minReplicas'], value: 3 }],
      rolledOut: true,
    },
  });
  expect(undoOf('2', second, reason, together)).not.toHaveProperty('waitsFor');
});

it('waits for nothing where nothing is taken back with it', () => {
  expect(undoOf('1', request(), reason)).not.toHaveProperty('waitsFor');
});
