import type { Assessment } from '../../../main/request/assessment.ts';
import { judge, type Question, questions } from '../../policy/world.ts';

export { corpus } from './corpus.ts';
export { milder } from './milder.ts';
export { sentences } from './vitest-stand-in.ts';

export async function answer({ what, asked }: Question): Promise<Assessment> {
  const assessment = await judge(what, asked);
  questions.length = 0;
  return assessment;
}
