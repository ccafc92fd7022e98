import { StoredPlan } from '@headroom/common';
import { Notice } from '../database/NoticeStore';
import { tellOfPlan } from './tellOfPlan';

const WEB = 'component:default/web';

const keysOf = async (
  actions: Array<{ state: string; entityRef?: string }>,
): Promise<string[]> => {
  const told: Notice[] = [];
  await tellOfPlan(
    {
      id: 'p',
      policyId: 'advice:7',
      policyTitle: 'Deployment shop/web',
      actions: actions.map(each => ({
        subject: 'Deployment shop/web',
        reason: { message: 'It is large.' },
        ...each,
      })),
    } as unknown as StoredPlan,
    {
      engine: { once: async () => true },
      notices: {
        tell: async notice => {
          told.push(notice);
        },
      },
    },
  );
  return told.map(({ key }) => key);
};

it('tells each owner once of what waits for them or is about to be done', async () => {
  const [waiting, approved] = ['waiting', 'approved'].map(state => ({
    state,
    entityRef: WEB,
  }));
  expect(await keysOf([waiting, waiting])).toEqual([`waits:${WEB}:p`]);
  expect(await keysOf([approved, waiting])).toEqual([`first:${WEB}`]);
});

it('tells nobody of what is nobody’s, only shown, or held by a guard', async () => {
  expect(
    await keysOf([
      { state: 'approved' },
      { state: 'planned', entityRef: WEB },
      { state: 'vetoed', entityRef: WEB },
    ]),
  ).toEqual([]);
});
