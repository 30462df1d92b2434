import { describe, expect, it } from 'vitest';

import { PairingDraft } from '../../main/app/pairing-draft.ts';
import { NearbyGateways } from '../../main/nearby/nearby-gateways.ts';

const preview = { addresses: ['wss://home.example/'], pinned: false };

function setUp() {
  const read: string[] = [];
  const draft = new PairingDraft({
    preview: (code) => {
      read.push(code);
      if (code.includes('bad')) throw new Error('this is not a setup code');
      return preview;
    },
    nearby: new NearbyGateways(() => ({ end: () => undefined })),
    changed: () => undefined,
  });
  return { draft, read };
}

describe('a link that was opened elsewhere', () => {
  it('fills the form with where it leads', () => {
    const { draft } = setUp();
    expect(draft.open('oc-pair://abc')).toBe(true);
    expect([draft.link, draft.adding]).toMatchObject([preview, true]);
  });

  it('serves one press', () => {
    const { draft } = setUp();
    draft.open('OC-PAIR://abc');
    const shown = draft.link?.id ?? '';
    expect(draft.takeLink(shown)).toBe('OC-PAIR://abc');
    expect([draft.takeLink(shown), draft.link]).toEqual([null, null]);
  });

  it('does not take the press that was meant for the one before', () => {
    const { draft } = setUp();
    draft.open('oc-pair://abc');
    const shown = draft.link?.id ?? '';
    draft.open('oc-pair://other');
    expect(() => draft.takeLink(shown)).toThrow('another link was opened meanwhile');
    expect(draft.takeLink(draft.link?.id ?? '')).toBe('oc-pair://other');
  });

  it('takes the place of the one before, good or bad', () => {
    const { draft } = setUp();
    draft.open('oc-pair://abc');
    draft.open('oc-pair://bad');
    expect([draft.link, draft.problem, draft.takeLink('')]).toEqual([null, 'this is not a setup code', null]);
  });

  it.each([
    'openclaw://gateway?url=wss://evil.example',
    'https://evil.example/j/AAAAAAAAAAAAAAAAAAAAAA',
    'oc-pair:abc',
    ' oc-pair://abc',
    'file:///etc/passwd',
    '--inspect',
    `oc-pair://${'a'.repeat(8192)}`,
  ])('of another kind changes nothing: %s', (link) => {
    const { draft, read } = setUp();
    expect(draft.open(link)).toBe(false);
    expect([draft.link, draft.problem, draft.adding, read]).toEqual([null, null, false, []]);
  });

  it('is gone with the window', () => {
    const { draft } = setUp();
    draft.open('oc-pair://abc');
    draft.nearby.look();
    draft.clear();
    expect([draft.link, draft.adding, draft.nearby.looking]).toEqual([null, false, false]);
  });
});
