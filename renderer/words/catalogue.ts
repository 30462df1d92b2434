import { answersWords } from './answers-words.ts';
import { authorityWords } from './authority-words.ts';
import { editWords } from './edit-words.ts';
import { fileWords } from './file-words.ts';
import { gatewaysWords } from './gateways-words.ts';
import { pairingWords } from './pairing-words.ts';
import { promptWords } from './prompt-words.ts';
import { reasonWords } from './reason-words.ts';
import { ruleNotesWords } from './rule-notes-words.ts';
import { runsWords } from './runs-words.ts';
import { settingsWords } from './settings-words.ts';
import { sharedWords } from './shared-words.ts';
import { skillWords } from './skill-words.ts';
import { stopWords } from './stop-words.ts';
import { touchIdWords } from './touch-id-words.ts';
import { warningWords } from './warning-words.ts';

/** Every word that a window says, in every language it says it in. `{name}` is a hole for a value or a quote. */
export const catalogue = {
  ...sharedWords,
  ...answersWords,
  ...promptWords,
  ...fileWords,
  ...reasonWords,
  ...stopWords,
  ...touchIdWords,
  ...warningWords,
  ...pairingWords,
  ...gatewaysWords,
  ...skillWords,
  ...settingsWords,
  ...runsWords,
  ...editWords,
  ...ruleNotesWords,
  ...authorityWords,
} as const;
