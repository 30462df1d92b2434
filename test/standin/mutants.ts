import type { Replacement } from './build.mjs';
import type { Protection } from './protections.ts';

/** One way to break the stand-in, and the protection whose check must notice. */
export interface Mutant extends Replacement {
  readonly name: string;
  readonly breaks: Protection;
}

export const mutants: readonly Mutant[] = [
  {
    name: 'no shadow root',
    breaks: "a callback of the page does not find the bridge's event",
    file: 'page/isolated-world.ts',
    find: "document.createElement('div').attachShadow({ mode: 'closed' }).appendChild(node);",
    put: '',
  },
  {
    name: 'the binding in every world',
    breaks: 'the page sees the exposed API and no other name',
    file: 'main-process/page-session.ts',
    find: '{ name: config.binding, executionContextName: worldName }',
    put: '{ name: config.binding }',
  },
  {
    name: 'live prototypes in the bridge',
    breaks: 'patched built-ins of the page see nothing of the bridge',
    file: 'page/builtins.ts',
    find: 'EventTarget.prototype.dispatchEvent',
    put: 'function (this: EventTarget, event: Event) { return this.dispatchEvent(event); }',
  },
  {
    name: 'event options left to the prototype',
    breaks: 'patched built-ins of the page see nothing of the bridge',
    file: 'page/bridge-end.ts',
    find: '{ detail, bubbles: false, cancelable: false, composed: false }',
    put: '{ detail }',
  },
  {
    name: 'the preload in the main world',
    breaks: "the page gets main's answers",
    file: 'main-process/page-session.ts',
    find: "readFileSync(preload, 'utf8')), worldName }",
    put: "readFileSync(preload, 'utf8')) }",
  },
  {
    name: 'the preload in every frame',
    breaks: 'a frame in the page gets no preload',
    file: 'page/isolated-world.ts',
    find: 'globalThis.parent === globalThis.self',
    put: 'true',
  },
  {
    name: 'an API that is not frozen',
    breaks: 'the page can change nothing of the exposed API',
    file: 'page/bridge-end.ts',
    find: 'deepFreeze(unwrap(message.value, references))',
    put: 'unwrap(message.value, references)',
  },
  {
    name: 'an API that can be replaced',
    breaks: 'the page can change nothing of the exposed API',
    file: 'page/main-world.ts',
    find: 'configurable: false, writable: false',
    put: 'configurable: true, writable: true',
  },
  {
    name: 'the policy header dropped',
    breaks: 'an inline script does not run under the policy of the header',
    file: 'main-process/serve.ts',
    find: "['content-length', 'content-encoding']",
    put: "['content-length', 'content-encoding', 'content-security-policy']",
  },
  {
    name: 'senderFrame.url made up',
    breaks: 'main sees the address of the page that speaks',
    file: 'main-process/page-messages.ts',
    find: 'origin.frame(fromBrowser(url))',
    put: "origin.frame(fromBrowser(url) && 'app://sample/index.html')",
  },
  {
    name: 'will-navigate not obeyed',
    breaks: 'a navigation that the app prevents does not happen',
    file: 'main-process/requests.ts',
    find: 'return !mainFrame.defaultPrevented;',
    put: 'return true;',
  },
  {
    name: 'popups left open',
    breaks: 'a window that the page opens goes to the app and never exists',
    file: 'main-process/chromium.ts',
    find: 'if (appeared === null) closePopup(targetId);',
    put: 'if (appeared === null) return;',
  },
  {
    name: 'permissions given without asking',
    breaks: "permissions are those that both of the app's handlers give",
    file: 'main-process/permissions.ts',
    find: 'if (await isGranted(permission, contents, url)) granted',
    put: 'granted',
  },
  {
    name: 'the permission request handler ignored',
    breaks: "permissions are those that both of the app's handlers give",
    file: 'main-process/permissions.ts',
    find: 'if (request === null) return true;',
    put: 'if (request !== undefined) return true;',
  },
  {
    name: 'the permission check handler ignored',
    breaks: "permissions are those that both of the app's handlers give",
    file: 'main-process/permissions.ts',
    find: 'if (check !== null && !check(',
    put: 'if (check !== null && check === undefined && !check(',
  },
  {
    name: 'onBeforeRequest ignored',
    breaks: 'a request that the app cancels goes no further',
    file: 'main-process/web-request.ts',
    find: 'return answer.cancel === true;',
    put: 'return answer === undefined;',
  },
  {
    name: 'a network behind the router',
    breaks: 'a page without a policy reaches nothing on the machine',
    file: 'main-process/chromium.ts',
    find: "'--host-resolver-rules=MAP * ~NOTFOUND',",
    put: '',
  },
];
