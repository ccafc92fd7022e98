import { Policy } from '../Policy';
import { Wish } from '../Wish';
import { IssuePath } from './issue';

/** Every wish of a policy, with where it is. @internal */
export function wishesOf({
  schedules,
  outside,
}: Policy): Array<{ path: IssuePath; wish: Wish }> {
  return [
    { path: ['outside'], wish: outside },
    ...schedules.flatMap(({ windows, exceptions, holidays }, schedule) =>
      Object.entries({ windows, exceptions, holidays }).flatMap(
        ([list, items]) =>
          items.flatMap(({ wish }, index) =>
            wish.type === 'outside'
              ? []
              : [{ path: ['schedules', schedule, list, index, 'wish'], wish }],
          ),
      ),
    ),
  ];
}
