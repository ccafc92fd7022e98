import {
  decide,
  EARLY,
  heldBy,
  LATER,
  MIDDLE,
  OPS,
  PLATFORM,
  RULE,
  SHOP,
  THIEF,
  TURNCOAT,
  WEB,
} from './__testUtils__/claimants';

describe('a workload that somebody has', () => {
  it('stays by a claim of whatever kind', () => {
    for (const thief of [
      THIEF,
      TURNCOAT,
      { ...THIEF, kubernetesId: undefined, labelSelector: 'app=web' },
    ]) {
      expect(decide([thief, WEB], { held: heldBy(WEB) })).toEqual({
        to: WEB.entityRef,
        by: 'owner',
        rivals: [
          [
            thief.entityRef,
            thief.kubernetesId ? 'annotation' : 'label selector',
          ],
        ],
      });
    }
  });

  it('stays, whoever says that it was the former owner’s, when its service changes hands', () => {
    const moved = { ...WEB, ownerRefs: [OPS], ownersSince: LATER };
    const patient = { ...TURNCOAT, claimsSince: EARLY, ownersSince: EARLY };
    expect(decide([patient, moved], { held: heldBy(WEB) })).toMatchObject({
      to: WEB.entityRef,
      rivals: [[patient.entityRef, 'annotation']],
    });
  });

  it('stays when its service goes to another team, whoever claims it too', () => {
    const moved = { ...WEB, ownerRefs: [OPS], ownersSince: LATER };
    const older = { ...THIEF, claimsSince: EARLY, ownersSince: EARLY };
    const held = heldBy(WEB);
    for (const other of [THIEF, TURNCOAT, older]) {
      expect(decide([other, moved], { held }).to).toBe(WEB.entityRef);
    }
  });

  it('goes to a stronger claim of really one owner only', () => {
    const held = heldBy(WEB);
    const own = { ...TURNCOAT, ownersSince: EARLY };
    expect(decide([own, WEB], { held })).toEqual({
      to: own.entityRef,
      by: 'annotation',
      rivals: [],
    });
    const sameFile = { ...TURNCOAT, location: WEB.location };
    expect(decide([sameFile, WEB], { held }).to).toBe(sameFile.entityRef);
    const nobodys = { ...TURNCOAT, ownerRefs: [], ownersSince: EARLY };
    const web = { ...WEB, ownerRefs: [] };
    expect(decide([nobodys, web], { held })).toMatchObject({
      to: WEB.entityRef,
      rivals: [[nobodys.entityRef, 'annotation']],
    });
  });

  it('is shown as claimed by what came later, and was wider or weaker, too', () => {
    const wide = {
      ...THIEF,
      kubernetesId: undefined,
      labelSelector: 'tier=front',
    };
    const squatter = { ...wide, claimsSince: EARLY };
    const web = { ...WEB, kubernetesId: 'web', claimsSince: MIDDLE };
    expect(decide([wide, web], { held: heldBy(web) }).rivals).toEqual([
      [wide.entityRef, 'label selector'],
    ]);
    // Who was first keeps it; that is no longer silent.
    expect(decide([squatter, web], { held: heldBy(squatter) })).toMatchObject({
      to: squatter.entityRef,
      rivals: [[WEB.entityRef, 'annotation']],
    });
  });
});

describe('a workload that was taken over as one owner’s', () => {
  it('goes back to what had it, and to nobody else, when the claim is given up', () => {
    const taker = {
      ...TURNCOAT,
      entityRef: 'component:default/taker',
      kubernetesId: undefined,
    };
    const other = { ...THIEF, claimsSince: EARLY };
    const held = heldBy(taker, { takenFrom: WEB.entityRef });
    for (const web of [WEB, { ...WEB, vanished: true }]) {
      expect(decide([taker, web, other], { held })).toEqual({
        to: WEB.entityRef,
        by: 'owner',
        rivals: [[THIEF.entityRef, 'annotation']],
      });
    }
    expect(decide([taker, other], { held }).to).toBe(THIEF.entityRef);
  });
});

describe('a workload that nobody had', () => {
  it('goes by age before kind, and says who else claims it', () => {
    expect(decide([THIEF, WEB])).toEqual({
      to: WEB.entityRef,
      by: 'owner',
      rivals: [[THIEF.entityRef, 'annotation']],
    });
    // Of one age nobody has it, however strong one of them is.
    expect(decide([{ ...THIEF, claimsSince: EARLY }, WEB])).toEqual({
      to: undefined,
      by: undefined,
      rivals: [
        [THIEF.entityRef, 'annotation'],
        [WEB.entityRef, 'owner'],
      ],
    });
  });

  it('does not go to who says a short while that it is the owner’s', () => {
    expect(decide([TURNCOAT, WEB])).toMatchObject({
      to: WEB.entityRef,
      rivals: [[TURNCOAT.entityRef, 'annotation']],
    });
    const own = { ...TURNCOAT, ownersSince: EARLY };
    expect(decide([own, WEB])).toMatchObject({
      to: own.entityRef,
      rivals: [],
    });
  });
});

describe('rules that don’t decide', () => {
  const held = heldBy(PLATFORM, { provenance: 'config' });

  it('keep what they gave from annotations of others', () => {
    for (const thief of [THIEF, { ...TURNCOAT, ownerRefs: [OPS] }]) {
      expect(decide([thief, PLATFORM], { rules: [RULE], held })).toEqual({
        to: PLATFORM.entityRef,
        by: 'config',
        rivals: [[THIEF.entityRef, 'annotation']],
      });
    }
    // Also when the entity that they name goes to another team.
    const moved = { ...PLATFORM, ownerRefs: [SHOP], ownersSince: LATER };
    expect(decide([THIEF, moved], { rules: [RULE], held }).to).toBe(
      PLATFORM.entityRef,
    );
  });

  it('are refined by the entity itself and by its owner’s', () => {
    const itself = { ...PLATFORM, kubernetesId: 'web', claimsSince: LATER };
    expect(decide([THIEF, itself], { rules: [RULE], held })).toEqual({
      to: PLATFORM.entityRef,
      by: 'annotation',
      rivals: [[THIEF.entityRef, 'annotation']],
    });
    const own = { ...TURNCOAT, ownerRefs: [OPS], ownersSince: EARLY };
    expect(decide([own, PLATFORM], { rules: [RULE], held })).toEqual({
      to: own.entityRef,
      by: 'annotation',
      rivals: [],
    });
  });

  it('move what they gave when the operator moves it', () => {
    const rules = [{ ...RULE, entityRef: 'other' }];
    const other = { ...PLATFORM, entityRef: 'component:default/other' };
    expect(decide([THIEF, PLATFORM, other], { rules, held })).toEqual({
      to: other.entityRef,
      by: 'config',
      rivals: [[THIEF.entityRef, 'annotation']],
    });
    expect(decide([THIEF, PLATFORM], { held }).to).toBe(THIEF.entityRef);
  });

  it('count where nobody claims, else are said', () => {
    expect(decide([PLATFORM], { rules: [RULE] }).to).toBe(PLATFORM.entityRef);
    expect(decide([THIEF, PLATFORM], { rules: [RULE] })).toEqual({
      to: THIEF.entityRef,
      by: 'annotation',
      rivals: [[PLATFORM.entityRef, 'config']],
    });
  });

  it('give way without a conflict when they yield', () => {
    const rules = [{ ...RULE, namespace: '*', yields: true }];
    expect(decide([PLATFORM], { rules }).to).toBe(PLATFORM.entityRef);
    for (const before of [undefined, held]) {
      expect(decide([THIEF, PLATFORM], { rules, held: before })).toEqual({
        to: THIEF.entityRef,
        by: 'annotation',
        rivals: [],
      });
    }
  });
});
