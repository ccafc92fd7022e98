import { cgroup, node, pod, usage } from '../cluster';
import { FROM, TO } from '../series';
import { assertComplete, assertWebIsRight } from './right';
import { Cases } from './types';

const ID = cgroup();
const KIND = `/docker/${'ab12'.repeat(16)}`;

const copies = (...ids: string[]) => ({
  series: [
    ...node(),
    ...pod(),
    ...usage(),
    ...ids.flatMap((id, index) => usage({ id, gib: 4 - index * 0.5 })),
  ],
  check: (seen: Parameters<typeof assertWebIsRight>[0]) => {
    assertWebIsRight(seen);
    assertComplete(seen);
  },
});

/** Runs of a container, each listed longer than it lived. */
function crashLoop(lives: number, listedLonger: number, pause = 0) {
  const runs = [];
  for (let at = FROM, index = 0; at < TO; at += lives + pause, index++) {
    const id = index.toString(16).padStart(64, '0');
    const alive = usage({
      id: cgroup(id),
      name: id,
      from: at,
      to: at + lives,
    });
    runs.push(
      ...alive.map(({ samples, ...rest }) => {
        const last = samples.at(-1);
        const ghosts = last
          ? Array.from(
              { length: listedLonger / 30 },
              (_, count): [number, number] => [
                last[0] + (count + 1) * 30,
                last[1],
              ],
            ).filter(([when]) => when < TO)
          : [];
        return { ...rest, samples: [...samples, ...ghosts] };
      }),
    );
  }
  return runs.filter(({ samples }) => samples.length > 0);
}

export const copiesAreNotSums: Cases = {
  'one container below /kubepods and below /docker': copies(`${KIND}${ID}`),
  'three paths, one of them of a kubelet in a container': copies(
    `${KIND}${ID}`,
    `${KIND}/kubelet${ID}`,
  ),
  'cgroups the container makes inside of its own': copies(
    `${ID}/init`,
    `${ID}/system.slice/app.service`,
  ),
  'a crash loop whose runs are listed four minutes longer than they lived': {
    series: [...node(), ...pod(), ...crashLoop(300, 240)],
    check: seen => assertWebIsRight(seen),
  },
  'a crash loop with runs of seven minutes': {
    series: [...node(), ...pod(), ...crashLoop(420, 240)],
    check: seen => assertWebIsRight(seen),
  },
};
