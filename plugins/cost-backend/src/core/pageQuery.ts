import { wholeNumber } from '@headroom/node';

const MAX_PAGE = 1000;

/** Which page of a table is asked for, as parameters of a URL. */
export const pageQuery = {
  offset: wholeNumber('offset', 0, 1_000_000)
    .default(0)
    .describe('Rows before the page; 0 unless said.'),
  limit: wholeNumber('limit', 1, MAX_PAGE)
    .default(100)
    .describe('Rows of the page; 100 unless said.'),
};
