import { jsonOf, Operation } from '@headroom/node';
import { Review, ReviewList } from '@headroom/plugin-cost-common';
import { reviewQuery } from '../features/review/reviewRouter';
import { review, reviewList } from './schemas';

/** How closed weeks went. */
export const reviewOperations: Operation[] = [
  {
    method: 'get',
    path: '/v1/reviews',
    id: 'getReviews',
    tag: 'Reviews',
    summary: 'Weeks that have a review, and which is made next',
    answer: jsonOf<ReviewList>()(reviewList),
  },
  {
    method: 'get',
    path: '/v1/review',
    id: 'getReview',
    tag: 'Reviews',
    summary: 'How a closed week went, of all that the caller may see',
    query: reviewQuery,
    answer: jsonOf<Review>()(review),
  },
];
