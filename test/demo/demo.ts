import { play } from './play.ts';
import { walk } from './walk.ts';

/** `walk`: the whole job by itself, each step checked. `play`: the real app, and requests to play with. */
const mode = process.argv[2];
if (mode === 'play') await play();
else process.exitCode = (await walk()) ? 0 : 1;
