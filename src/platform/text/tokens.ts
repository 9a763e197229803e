import { type Script, scriptOf } from './scripts.ts'

/**
 * Search tokens. PostgreSQL finds no words in Chinese, Thai or Burmese, so we make them: Chinese in bigrams, Thai,
 * Burmese, Lao and Khmer in bigrams of grapheme clusters (words of a dictionary shift with their context), all other
 * scripts in words, with and without diacritics. Texts and queries go through the same function.
 */

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' })
const words = new Intl.Segmenter('und', { granularity: 'word' })

/** Scripts that are written without spaces between words. */
const unspaced = new Set<Script>(['Hani', 'Thai', 'Laoo', 'Khmr', 'Mymr'])

interface Stretch {
  readonly text: string
  readonly unspaced: boolean
}

const letterOrDigit = /[\p{L}\p{N}\p{M}]/u

/** Runs of letters that are to be cut the same way, folded. */
function* stretches(text: string): Generator<Stretch> {
  const folded = text.normalize('NFKC').toLowerCase()
  let run = ''
  let runUnspaced = false
  for (const { segment } of graphemes.segment(folded)) {
    const isLetter = letterOrDigit.test(segment)
    const isUnspaced = isLetter && unspaced.has(scriptOf(segment.codePointAt(0) ?? 0))
    if (run !== '' && (!isLetter || isUnspaced !== runUnspaced)) {
      yield { text: run, unspaced: runUnspaced }
      run = ''
    }
    if (!isLetter) continue
    run += segment
    runUnspaced = isUnspaced
  }
  if (run !== '') yield { text: run, unspaced: runUnspaced }
}

/** A word without its diacritics: `Đại học` is found by `dai hoc`. */
export function withoutDiacritics(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D').normalize('NFC')
}

function bigrams(text: string): string[] {
  const clusters = [...graphemes.segment(text)].map(({ segment }) => segment)
  // The last one stands by itself too, so that a single character finds it as a prefix.
  return clusters.map((cluster, index) => cluster + (clusters[index + 1] ?? ''))
}

function wordsOf(text: string): string[] {
  return [...words.segment(text)].filter(({ isWordLike }) => isWordLike).map(({ segment }) => segment)
}

/** The tokens under which a text is found. */
export function tokensOf(text: string): string[] {
  const tokens = new Set<string>()
  for (const stretch of stretches(text)) {
    if (stretch.unspaced) for (const token of bigrams(stretch.text)) tokens.add(token)
    else
      for (const word of wordsOf(stretch.text)) {
        tokens.add(word)
        tokens.add(withoutDiacritics(word))
      }
  }
  return [...tokens]
}

/** One thing that a query asks for: a token, or the beginning of one. */
export interface QueryToken {
  readonly token: string
  readonly prefix: boolean
}

/** What a query asks for, all of it; a word may be the beginning of one, a lone character the beginning of a bigram. */
export function queryTokens(query: string): QueryToken[] {
  const tokens = new Map<string, boolean>()
  for (const stretch of stretches(query)) {
    if (!stretch.unspaced) {
      for (const word of wordsOf(stretch.text)) tokens.set(word, true)
      continue
    }
    const pairs = bigrams(stretch.text)
    const asked = pairs.length > 1 ? pairs.slice(0, -1) : pairs
    for (const pair of asked) tokens.set(pair, tokens.get(pair) ?? pairs.length === 1)
  }
  return [...tokens].map(([token, prefix]) => ({ token, prefix }))
}

/** A PostgreSQL `tsquery` that asks for all of the query's tokens; undefined where the query has none. */
export function tsqueryOf(query: string): string | undefined {
  const tokens = queryTokens(query)
  if (tokens.length === 0) return undefined
  return tokens.map(({ token, prefix }) => `'${token.replaceAll(/['\\]/g, '')}'${prefix ? ':*' : ''}`).join(' & ')
}
