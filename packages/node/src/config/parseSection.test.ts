import { z } from 'zod';
import { parseSection } from './parseSection';

const schema = z.array(
  z
    .strictObject({
      entityRef: z.string().min(1, { error: 'must not be empty' }),
      weight: z.number().positive().max(10).optional(),
      split: z.enum(['even', 'weighted']).optional(),
      labels: z.record(z.string(), z.string()).optional(),
      decides: z.boolean().optional(),
      yields: z.boolean().optional(),
    })
    .refine(({ decides, yields }) => !(decides && yields), {
      error: 'cannot both decide and yield',
    })
    .refine(({ entityRef }) => entityRef !== '*', {
      error: 'names everything; name one',
    }),
);

const read = (value: unknown) => parseSection('headroom.rules', schema, value);

describe('parseSection', () => {
  it('gives what is configured', () => {
    expect(read([{ entityRef: 'a', weight: 2 }])).toEqual([
      { entityRef: 'a', weight: 2 },
    ]);
  });

  it.each([
    ['text', 'headroom.rules is "text"; it must be a list'],
    [[{}], 'headroom.rules[0].entityRef is missing; it must be text'],
    [[{ entityRef: '' }], 'headroom.rules[0].entityRef must not be empty'],
    [
      [{ entityRef: 'a' }, { entityRef: 7 }],
      'headroom.rules[1].entityRef is 7; it must be text',
    ],
    [
      [{ entityRef: 'a', weight: 0 }],
      'headroom.rules[0].weight is 0; it must be above 0',
    ],
    [
      [{ entityRef: 'a', weight: 11 }],
      'headroom.rules[0].weight is 11; it must be at most 10',
    ],
    [
      [{ entityRef: 'a', weight: '2' }],
      'headroom.rules[0].weight is "2"; it must be a number',
    ],
    [
      [{ entityRef: 'a', split: 'odd' }],
      'headroom.rules[0].split is "odd"; it must be one of even, weighted',
    ],
    [
      [{ entityRef: 'a', decides: 'yes' }],
      'headroom.rules[0].decides is "yes"; it must be true or false',
    ],
    [
      [{ entityRef: 'a', labels: { team: 1 } }],
      'headroom.rules[0].labels.team is 1; it must be text',
    ],
    [
      [{ entityref: 'a', entityRef: 'a' }],
      'headroom.rules[0] has the key entityref, which nothing reads; remove it or correct its name',
    ],
    [[{ entityRef: '*' }], 'headroom.rules[0] names everything; name one'],
    [
      [{ entityRef: 'a', decides: true, yields: true }],
      'headroom.rules[0] cannot both decide and yield',
    ],
  ])('says of %j: %s', (value, sentence) => {
    expect(() => read(value)).toThrow(
      expect.objectContaining({ name: 'InputError', message: sentence }),
    );
  });

  it('says that a list or an object is one, and repeats no secret of a URL', () => {
    expect(() => read({ token: 'hunter2' })).toThrow(
      'headroom.rules is an object; it must be a list',
    );
    expect(() => read([{ entityRef: ['hunter2'] }])).toThrow(
      'headroom.rules[0].entityRef is a list; it must be text',
    );
    expect(() => read('https://me:hunter2@example.com/?token=hunter2')).toThrow(
      /^headroom\.rules is "https:(?!.*hunter2).*; it must be a list$/,
    );
    expect(() => read('me:hunter2@example.com')).toThrow(
      /^headroom\.rules is "(?!.*hunter2).*; it must be a list$/,
    );
  });

  it('repeats no more of a value than a line holds', () => {
    expect(() => read('x'.repeat(1000))).toThrow(
      /^headroom\.rules is .{101,110}; it must be a list$/u,
    );
  });
});
