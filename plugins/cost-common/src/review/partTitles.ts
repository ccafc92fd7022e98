import { ReviewPart } from './review';

/** Titles of the parts of a change, in English. */
export const PART_TITLES: Record<ReviewPart, string> = {
  volume: 'Volume',
  efficiency: 'Efficiency',
  price: 'Price',
  oneOff: 'One-off',
  unsplit: 'Not split',
};
