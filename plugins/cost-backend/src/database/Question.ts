import { Knex } from 'knex';

/**
 * What is to be asked of the database, and what the answer means. Questions that
 * are put {@link together} are answered as JSON: moments come as text then, and
 * so must whole numbers that may be beyond 2^53.
 */
export interface Question<T> {
  readonly sql: string;
  readonly bindings: readonly Knex.Value[];
  /** Rows have the columns that `sql` selects. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- as the driver gives them
  read(rows: any[]): T;
}

type Answers<Q extends readonly Question<unknown>[]> = {
  -readonly [I in keyof Q]: Q[I] extends Question<infer T> ? T : never;
};

/**
 * One question out of several: one statement, which sees the database at one
 * moment, and one way to the database and back, which takes longer than most of
 * what small questions ask for.
 */
export function together<const Q extends readonly Question<unknown>[]>(
  questions: Q,
): Question<Answers<Q>> {
  const answers = questions.map(
    ({ sql }, i) =>
      `(SELECT coalesce(json_agg(q), '[]') FROM (${sql}) q) AS a${i}`,
  );
  return {
    sql: `SELECT ${answers.join(', ')}`,
    bindings: questions.flatMap(({ bindings }) => bindings),
    read: ([row]) =>
      questions.map(({ read }, i) => read(row[`a${i}`])) as Answers<Q>,
  };
}

/** The question with another meaning of its answer. */
export function reading<T, R>(
  question: Question<T>,
  as: (answer: T) => R,
): Question<R> {
  return { ...question, read: rows => as(question.read(rows)) };
}

/** A question whose answer is known before it is asked. */
export function answered<T>(answer: T): Question<T> {
  return { sql: 'SELECT 1 AS one', bindings: [], read: () => answer };
}
