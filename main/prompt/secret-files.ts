/** Names of files that usually hold secrets, as whole parts of a path. */
const NAMES = [
  String.raw`\.env(?:\.(?!example|sample|template)[\w-]+)?`,
  String.raw`\.(?:netrc|pgpass|npmrc|pypirc|git-credentials|htpasswd|vault-token)`,
  String.raw`\.(?:ssh|gnupg|aws|azure|kube|docker)`,
  String.raw`id_(?:rsa|dsa|ecdsa|ed25519)`,
  String.raw`[\w.-]+\.(?:pem|key|p12|pfx|jks|keystore|keychain(?:-db)?|kdbx)`,
  String.raw`(?:credentials|secrets?)(?:\.\w+)?`,
  'Keychains',
].join('|');

const SECRET_FILE = new RegExp(String.raw`(?:^|[/\s=:'"@,*])(?:${NAMES})(?=$|[/\s:'",;|&)*])`, 'i');

/** Whether a word, or a whole shell text, names such a file. By its name alone: nobody looks into it. */
export const namesSecretFile = (text: string): boolean => SECRET_FILE.test(text);
