import { Policy } from '@headroom/plugin-scaling-common';
import { asOfPage } from './asOfPage';

const override = (id: string, owner: string) => ({
  id,
  direction: 'down',
  owner,
  reason: 'A test',
  from: '2026-06-10T11:00:00Z',
  until: '2026-06-10T13:00:00Z',
});
const [ADA, EVE] = ['user:default/ada', 'user:default/eve'];

it('has who sent it as its author, and as the owner of what it overrides', () => {
  expect(
    asOfPage(
      {
        id: 'nights',
        by: ADA,
        origin: { type: 'config' },
        overrides: [override('1', ADA), 'nonsense'],
      },
      EVE,
    ),
  ).toEqual({
    id: 'nights',
    by: EVE,
    origin: { type: 'page' },
    overrides: [override('1', EVE), 'nonsense'],
  });
});

it('leaves overrides that were there to whom they are', () => {
  const before = { overrides: [override('1', ADA)] } as unknown as Policy;
  const sent = [
    override('1', ADA),
    { ...override('1', ADA), until: '2026-06-20T13:00:00Z' },
    override('2', ADA),
  ];
  expect(asOfPage({ overrides: sent }, EVE, before)).toMatchObject({
    overrides: [{ owner: ADA }, { owner: EVE }, { owner: EVE }],
  });
});

it.each([[undefined], [null], ['text'], [[1]]])('leaves %j as it is', body => {
  expect(asOfPage(body, EVE)).toBe(body);
});
