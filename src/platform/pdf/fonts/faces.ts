import { createRequire } from 'node:module'
import type { Script } from '#platform/text/scripts.ts'

/**
 * The faces that documents are set in: static TrueType outlines, 1000 units to the em, one file a family and weight.
 * The order of `families` is the order in which a character that belongs to no script looks for a home.
 */
export const families = ['latin', 'han', 'thai', 'myanmar', 'lao', 'khmer'] as const

export type Family = (typeof families)[number]

export type Weight = 'regular' | 'bold'

/** A family in a weight; also the name under which PDFKit knows it. */
export type FaceId = `${Family}-${Weight}`

interface FamilyFacts {
  readonly folder: string
  readonly file: string
  /** Script that characters common to all scripts take when they are set in this family. */
  readonly script: Script
}

const facts: Readonly<Record<Family, FamilyFacts>> = {
  latin: { folder: 'noto-sans', file: 'NotoSans', script: 'Latn' },
  han: { folder: 'noto-sans-sc', file: 'NotoSansSC', script: 'Hani' },
  thai: { folder: 'noto-sans-thai', file: 'NotoSansThai', script: 'Thai' },
  myanmar: { folder: 'noto-sans-myanmar', file: 'NotoSansMyanmar', script: 'Mymr' },
  lao: { folder: 'noto-sans-lao', file: 'NotoSansLao', script: 'Laoo' },
  khmer: { folder: 'noto-sans-khmer', file: 'NotoSansKhmer', script: 'Khmr' },
}

const weightNames: Readonly<Record<Weight, string>> = { regular: '400Regular', bold: '700Bold' }

const familyOfScript: Readonly<Partial<Record<Script, Family>>> = {
  Latn: 'latin',
  Deva: 'latin',
  Cyrl: 'latin',
  Grek: 'latin',
  Hani: 'han',
  Thai: 'thai',
  Mymr: 'myanmar',
  Laoo: 'lao',
  Khmr: 'khmer',
}

const require = createRequire(import.meta.url)

export function faceId(family: Family, weight: Weight): FaceId {
  return `${family}-${weight}`
}

/** Absolute path of a face's file. */
export function faceFile(id: FaceId): string {
  const [family, weight] = id.split('-') as [Family, Weight]
  const { folder, file } = facts[family]
  return require.resolve(`@expo-google-fonts/${folder}/${weightNames[weight]}/${file}_${weightNames[weight]}.ttf`)
}

/** PostScript name of a face, as its `name` table has it. */
export function postscriptName(id: FaceId): string {
  const [family, weight] = id.split('-') as [Family, Weight]
  return `${facts[family].file}-${weight === 'bold' ? 'Bold' : 'Regular'}`
}

/** The family made for a script; undefined for scripts that have none. */
export function familyFor(script: Script): Family | undefined {
  return familyOfScript[script]
}

export function scriptOfFamily(family: Family): Script {
  return facts[family].script
}
