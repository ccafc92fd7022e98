/**
 * The newest answers, by a key that has all they are made of: of the same things the
 * answer is the same, whoever asks. Several who ask at once wait for one that is made.
 */
export class AnswerMemory<Answer> {
  readonly #most: number;
  /** The one that was asked for last comes last. */
  readonly #answers = new Map<string, Promise<Answer>>();

  /** @param options - `most`: how many answers are kept */
  static create<Answer>(options: { most: number }) {
    return new AnswerMemory<Answer>(options.most);
  }

  private constructor(most: number) {
    this.#most = most;
  }

  /** The answer of a key; made, by whoever asks, when it is not known. One that fails is not kept. */
  async of(key: string, make: () => Promise<Answer>): Promise<Answer> {
    const known = this.#answers.get(key);
    if (!known) {
      return this.#make(key, make);
    }
    this.#keep(key, known);
    try {
      return await known;
    } catch {
      // Why another could not make it is no reason of this one.
      return this.#make(key, make);
    }
  }

  async #make(key: string, make: () => Promise<Answer>): Promise<Answer> {
    const made = make();
    this.#keep(key, made);
    try {
      return await made;
    } catch (error) {
      if (this.#answers.get(key) === made) {
        this.#answers.delete(key);
      }
      throw error;
    }
  }

  #keep(key: string, answer: Promise<Answer>): void {
    this.#answers.delete(key);
    this.#answers.set(key, answer);
    for (const [oldest] of this.#answers) {
      if (this.#answers.size <= this.#most) {
        return;
      }
      this.#answers.delete(oldest);
    }
  }
}
