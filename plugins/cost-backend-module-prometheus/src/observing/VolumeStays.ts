import { getOrCreate, sum } from '../reading/collections';

/** What a claim had of one class of storage. */
export interface VolumeStay {
  storageClass: string | undefined;
  seconds: number;
  byteSeconds: number;
}

/** The volumes a claim had in an hour: usually one. */
export class VolumeStays {
  readonly #stays = new Map<
    string,
    {
      volume: string;
      storageClass: string;
      seconds: number;
      byteSeconds: number;
    }
  >();

  static create(): VolumeStays {
    return new VolumeStays();
  }

  private constructor() {}

  add(
    volume: string,
    storageClass: string,
    {
      seconds = 0,
      byteSeconds = 0,
    }: { seconds?: number; byteSeconds?: number },
  ): void {
    const stay = getOrCreate(this.#stays, `${storageClass}\n${volume}`, () => ({
      volume,
      storageClass,
      seconds: 0,
      byteSeconds: 0,
    }));
    stay.seconds += seconds;
    stay.byteSeconds += byteSeconds;
  }

  get byteSeconds(): number {
    return sum([...this.#stays.values()].map(stay => stay.byteSeconds));
  }

  /**
   * What was had of each class when all stays together take so many seconds: an
   * instant may show a claim with its old and its new volume.
   *
   * @param classOf - class of a volume whose claim names none
   */
  during(
    seconds: number,
    classOf: (volume: string) => string | undefined,
  ): VolumeStay[] {
    const held = sum([...this.#stays.values()].map(stay => stay.seconds));
    const factor = held > 0 ? seconds / held : 0;
    const classes = new Map<string, VolumeStay>();
    for (const stay of this.#stays.values()) {
      const storageClass = stay.storageClass || classOf(stay.volume) || '';
      const ofClass = getOrCreate(classes, storageClass, () => ({
        storageClass: storageClass || undefined,
        seconds: 0,
        byteSeconds: 0,
      }));
      ofClass.seconds += stay.seconds * factor;
      ofClass.byteSeconds += stay.byteSeconds * factor;
    }
    return [...classes.values()].filter(({ byteSeconds }) => byteSeconds > 0);
  }
}
