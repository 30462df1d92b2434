import { type Carrier, unlessKnown } from './carrier.ts';

const FD = unlessKnown({
  letters: 'HIugFisapL01q',
  values: 'teEdSc',
  long:
    'hidden no-ignore type extension exclude max-depth min-depth exact-depth glob fixed-strings full-path absolute-path ' +
    'follow print0 size changed-within changed-before color ignore-case case-sensitive max-results version help',
});

/**
 * Programs that start others only by their options: searchers, fetchers, copiers. The options that are known to start
 * nothing; any other counts as if it did.
 */
export const BY_OPTION: Readonly<Record<string, Carrier>> = {
  rsync: unlessKnown({
    letters: 'avrltpogDnuzhPcxHAXiqdRSWkKLbm0123456789',
    long:
      'archive verbose recursive delete delete-after delete-excluded exclude include exclude-from include-from progress stats ' +
      'dry-run compress partial human-readable update checksum links copy-links perms times owner group bwlimit ' +
      'itemize-changes size-only ignore-existing existing max-size min-size no-perms no-owner no-group inplace append ' +
      'timeout quiet relative one-file-system backup numeric-ids version',
  }),
  scp: unlessKnown({ letters: 'rpqCvB346TR', values: 'Pli' }),
  rg: unlessKnown({
    letters: 'nilcvwxoSsFHINLau0pqUPhV.',
    values: 'egtTABCmjrdMfE',
    long:
      'line-number no-line-number ignore-case files files-with-matches files-without-match count count-matches glob iglob type ' +
      'type-not type-list hidden no-ignore no-ignore-vcs after-context before-context context max-count fixed-strings ' +
      'word-regexp line-regexp only-matching smart-case case-sensitive json no-heading heading color colors no-filename ' +
      'with-filename sort sortr max-depth multiline multiline-dotall pcre2 invert-match null stats version help follow regexp ' +
      'replace threads max-columns passthru trim unrestricted column vimgrep max-filesize no-messages no-config text ' +
      'encoding quiet',
  }),
  fd: FD,
  fdfind: FD,
  ag: unlessKnown({
    letters: 'ilLcvwQsSnurafU',
    values: 'ABCGm',
    long: 'hidden nocolor nogroup literal ignore-case',
  }),
  bat: unlessKnown({
    letters: 'pnA',
    values: 'lrH',
    long: 'plain number language line-range style color theme',
  }),
  man: unlessKnown({ letters: 'kfw' }),
  sort: unlessKnown({
    letters: 'nrufbdhVgiMszcCm0123456789',
    values: 'kt',
    long:
      'numeric-sort reverse unique ignore-case key field-separator human-numeric-sort version-sort stable ' +
      'zero-terminated check general-numeric-sort month-sort dictionary-order ignore-leading-blanks',
  }),
  split: unlessKnown({
    letters: 'dx',
    values: 'lbnaC',
    long: 'lines bytes number suffix-length numeric-suffixes additional-suffix verbose line-bytes',
  }),
  zip: unlessKnown({ letters: 'rqjvyXDufdxi0123456789', long: 'recurse-paths quiet exclude' }),
  curl: unlessKnown({
    letters: 'sSfLiIkvgGjJORN#460123',
    values: 'oXHdFuAebcmTrwzCyYD',
    long:
      'silent show-error fail fail-with-body fail-early location include head insecure verbose output remote-name ' +
      'remote-name-all remote-header-name request header data data-raw data-binary data-urlencode data-ascii form ' +
      'form-string user user-agent referer cookie cookie-jar max-time connect-timeout retry retry-delay retry-max-time ' +
      'retry-all-errors retry-connrefused compressed http1.0 http1.1 http2 http3 ipv4 ipv6 globoff get url range upload-file ' +
      'write-out json progress-bar no-progress-meter create-dirs output-dir dump-header continue-at limit-rate max-redirs ' +
      'resolve proto tlsv1.2 tlsv1.3 version help no-buffer parallel oauth2-bearer url-query post301 post302',
  }),
  wget: unlessKnown({
    letters: 'qvcNrkpmnHdxS46LF',
    values: 'OPtTUloaARDwQ',
    long:
      'quiet no-verbose verbose continue output-document output-file directory-prefix tries timeout user-agent ' +
      'no-check-certificate recursive level no-parent mirror convert-links page-requisites header post-data timestamping ' +
      'no-clobber content-disposition show-progress progress max-redirect spider server-response limit-rate wait accept ' +
      'reject version help no-directories no-host-directories cut-dirs adjust-extension span-hosts domains retry-connrefused',
  }),
  nc: unlessKnown({ letters: 'zvnu46lkdN', values: 'wpq' }),
  ncat: unlessKnown({ letters: 'zvnu46lkd', values: 'wpq' }),
};
