const brackets: Readonly<Record<string, string>> = {
  '〔': '[',
  '【': '[',
  '［': '[',
  '(': '[',
  '〕': ']',
  '】': ']',
  '］': ']',
  ')': ']',
}

/**
 * The key by which two spellings of one number (文号, 合同编号) are the same: NFKC, upper case, without spaces, one kind
 * of bracket and of dash. `云科合〔2026〕12号` and `云科合 [２０２６] 12号` are one.
 */
export function referenceKey(reference: string): string {
  return reference
    .normalize('NFKC')
    .replaceAll(/\s+/g, '')
    .replaceAll(/[〔【［(〕】］)]/g, (bracket) => brackets[bracket] ?? bracket)
    .replaceAll(/[\u2010-\u2015\u2212]/g, '-')
    .toUpperCase()
}
