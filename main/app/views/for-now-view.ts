import type { ForNowView } from '../../ipc/for-now-view.ts';
import type { NodeSnapshot } from '../../node/snapshot.ts';
import { shellPayload } from '../../request/command-text.ts';
import { display, displayWhole } from '../../text/display.ts';
import { quoteWords } from '../../text/quote.ts';

export function forNowView({ grants, quiet }: Pick<NodeSnapshot, 'grants' | 'quiet'>): ForNowView {
  return {
    grants: grants.map(({ id, request, cwd, span, endsAtMs }) => ({
      id,
      command: display(shellPayload(request.argv) ?? quoteWords(request.argv)),
      cwd: displayWhole(cwd),
      agent: orNull(request.agentId),
      span,
      endsAtMs,
    })),
    quiet: quiet.map(({ id, scope, agentId, sessionKey, endsAtMs }) => ({
      id,
      scope,
      agent: orNull(agentId),
      session: orNull(sessionKey),
      endsAtMs,
    })),
  };
}

const orNull = (text: string | null) => (text === null ? null : displayWhole(text));
