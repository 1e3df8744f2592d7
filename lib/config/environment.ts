/** What a process is started with, and what can be wrong with it. */
export type Environment = Readonly<Record<string, string | undefined>>;

export interface ConfigProblem {
  /** The name in the environment. */
  name: string;
  /** What is wrong with it, without its value: `is missing`. */
  problem: string;
}
