import { createHash } from 'node:crypto';

import { expect, it } from 'vitest';

import { answer, pairedNode, prompted } from './paired-node.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

it('a script that changed asks with what it was when the person allowed it, not when they denied it', async () => {
  const { gateway, mac, node } = await pairedNode();
  const run = async (content: string, decision: 'allow-once' | 'deny') => {
    const path = mac.file('job.sh', content);
    const result = gateway.exec('sh ./job.sh', { cwd: mac.work });
    const prompt = await prompted(node);
    answer(node, prompt, decision);
    await result;
    return prompt.lastAllowed.get(path);
  };
  expect(await run('echo one\n', 'allow-once')).toBeUndefined();
  expect(await run('echo two\n', 'deny')).toMatchObject({ sha256: sha256('echo one\n') });
  const last = await run('echo three\n', 'allow-once');
  expect(Buffer.from(last?.bytes ?? []).toString()).toBe('echo one\n');
  expect(await run('echo three\n', 'deny')).toMatchObject({ sha256: sha256('echo three\n') });
}, 30_000);
