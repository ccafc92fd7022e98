import { gpuOffers } from './offers';

const LIST = [
  { model: 'A100 80GB', hourlyPrice: '4' },
  { model: 'L4', hourlyPrice: '0.8' },
  { model: 'L4', hourlyPrice: '0.3', capacityType: 'spot' as const },
  { model: 'X900', hourlyPrice: '9' },
];

it('prices other types in the ratio of the list, whatever is paid', () => {
  expect(gpuOffers(LIST, 'NVIDIA-A100-SXM4-80GB', 2_000_000)).toEqual([
    { model: 'A100 80GB', hourlyMicros: 2_000_000n },
    { model: 'L4', hourlyMicros: 400_000n },
  ]);
});

it('offers nothing when there is nothing to compare with', () => {
  expect(gpuOffers(LIST, 'NVIDIA H100', 2_000_000)).toEqual([]);
  expect(gpuOffers(LIST, undefined, 2_000_000)).toEqual([]);
  expect(gpuOffers(LIST, 'NVIDIA L4', 0)).toEqual([]);
});
