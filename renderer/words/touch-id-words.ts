/** The setting for Touch ID. */
export const touchIdWords = {
  touchId: { en: 'Allowing asks for Touch ID', ko: '허용할 때 Touch ID 요청' },
  touchIdNever: { en: 'Never', ko: '요청하지 않음' },
  touchIdHigh: { en: 'For commands with a high warning', ko: '높음 경고가 있는 명령' },
  touchIdAlways: { en: 'Always', ko: '항상' },
  touchIdWhy: {
    en: 'An app that controls mouse and keyboard can press a button, but it has no finger. macOS also takes your login password there.',
    ko: '마우스와 키보드를 조작하는 앱은 버튼을 누를 수 있지만 손가락은 없습니다. macOS는 로그인 암호도 받습니다.',
  },
} as const;
