import { createWorder } from '../wording';

/**
 * Why a month's end can't be said yet.
 *
 * @public
 */
export const FORECAST_SENTENCES = {
  noDays: 'A projection needs {{needed}} complete days; there are none so far.',
  fewDays_one:
    'A projection needs {{needed}} complete days; there is {{count}} so far.',
  fewDays_other:
    'A projection needs {{needed}} complete days; there are {{count}} so far.',
  stale:
    'The newest complete day is {{age}} days old; a projection needs one of the last {{most}} days.',
} as const;

export const wordForecast = createWorder('forecast', FORECAST_SENTENCES);
