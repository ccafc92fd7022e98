/**
 * Where an action is:
 *
 * - `planned`: shown only, as its policy observes.
 * - `vetoed`: guards keep it from being done.
 * - `waiting`: for an approval.
 * - `approved`: it will be done by whoever has the lease.
 * - `rejected`: a person said no.
 * - `expired`: nobody did it in time.
 * - `superseded`: a later plan wants something else.
 * - `intended`: its write has begun and its outcome isn't known yet.
 * - `done`: the write was made; it settles.
 * - `verified`: it settled, and nothing spoke against it.
 * - `failed`: it was refused, and nothing was changed.
 * - `unresolved`: nobody can tell whether the write was made; a person is asked.
 * - `undone`: it was taken back.
 *
 * @public
 */
export type ActionState =
  | 'planned'
  | 'vetoed'
  | 'waiting'
  | 'approved'
  | 'rejected'
  | 'expired'
  | 'superseded'
  | 'intended'
  | 'done'
  | 'verified'
  | 'failed'
  | 'unresolved'
  | 'undone';

/** States in which the outside world is, or may be, as the action wanted it. @public */
export const STATES_IN_EFFECT: readonly ActionState[] = [
  'intended',
  'done',
  'verified',
  'unresolved',
];
