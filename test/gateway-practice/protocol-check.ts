import {
  formatValidationErrors,
  validateApprovalResolveParams,
  validateConnectParams,
  validateExecApprovalResolveParams,
  validateNodeEventParams,
  validateNodeInvokeResultParams,
  validateNodeListParams,
  validateRequestFrame,
  validateSessionsMessagesSubscribeParams,
  validateSessionsMessagesUnsubscribeParams,
  validateSkillsBinsParams,
} from '@openclaw/gateway-protocol';

type Validator = typeof validateRequestFrame | typeof validateConnectParams | typeof validateNodeEventParams;

/** The official schema of each method that a node or an operator of ours may call. */
const METHODS: Readonly<Record<string, Pick<Validator, 'errors'> & ((params: unknown) => boolean)>> = {
  connect: validateConnectParams,
  'node.invoke.result': validateNodeInvokeResultParams,
  'node.event': validateNodeEventParams,
  'skills.bins': validateSkillsBinsParams,
  'approval.resolve': validateApprovalResolveParams,
  'exec.approval.resolve': validateExecApprovalResolveParams,
  'sessions.messages.subscribe': validateSessionsMessagesSubscribeParams,
  'sessions.messages.unsubscribe': validateSessionsMessagesUnsubscribeParams,
  'node.list': validateNodeListParams,
};
/** Has no schema in the official package; the recorded gateway takes an empty object. */
const WITHOUT_PARAMS = new Set(['node.pending.pull', 'exec.approval.list']);

export interface Request {
  readonly id: string;
  readonly method: string;
  readonly params: unknown;
}

/** What the official schema has against a frame that a node sent, or the request that it is. */
export function checkRequest(frame: unknown): { request: Request } | { violation: string } {
  if (!validateRequestFrame(frame)) {
    return { violation: `not a request frame: ${formatValidationErrors(validateRequestFrame.errors)}` };
  }
  const { id, method, params } = frame;
  if (WITHOUT_PARAMS.has(method)) {
    return JSON.stringify(params) === '{}'
      ? { request: { id, method, params } }
      : { violation: `${method} takes no parameters` };
  }
  const validate = METHODS[method];
  if (validate === undefined) return { violation: `a node may not call ${method}` };
  if (!validate(params)) return { violation: `${method}: ${formatValidationErrors(validate.errors)}` };
  return { request: { id, method, params } };
}
