import { afterAll, describe, expect, test } from 'vitest'
import { sizeOf } from '#features/briefs/download.ts'
import { briefFile, knownSize, sizeKeyOf } from '#features/briefs/files.ts'
import { later, now, settleLater } from '#features/briefs/later.ts'
import { closeDocuments } from '#platform/pdf/document.ts'
import type { DocumentModel } from '#platform/pdf/model.ts'
import { packBrief } from '#tests/support/pack-briefs.ts'
import { pageContents } from '#tests/unit/platform/pdf/tools.ts'

afterAll(closeDocuments)

describe('files', () => {
  test('tell their pages and size, and an unchanged document is laid out once', async () => {
    const document = packBrief('country', ['en'])
    expect(knownSize(sizeKeyOf(document))).toBeUndefined()
    const [file, same] = await Promise.all([briefFile(document), briefFile(structuredClone(document))])
    expect(same).toBe(file)
    expect(file.pages).toBe(pageContents(file.bytes).length)
    expect(file.pages).toBeGreaterThan(2)
    expect(file.sizeBytes).toBe(file.bytes.length)
    expect(knownSize(sizeKeyOf(document))).toEqual({ pages: file.pages, sizeBytes: file.sizeBytes })
  })

  test('are as long tomorrow: the day of issue is another, the size is known', async () => {
    const document = packBrief('partner', ['my'])
    await briefFile(document)
    const text = '၂၀၂၆ ခုနှစ် နိုဝင်ဘာလ ၃၀ ရက်'
    const tomorrow = JSON.parse(
      JSON.stringify({ ...document, issued: { iso: '2026-11-30', text } }).replaceAll(document.issued.text, text),
    ) as DocumentModel
    expect(knownSize(sizeKeyOf(tomorrow))).toBeDefined()
    expect((await briefFile(tomorrow)).key).not.toBe((await briefFile(document)).key)
    expect(knownSize(sizeKeyOf({ ...document, title: 'Another' }))).toBeUndefined()
  })

  test('of a long document are made when nobody waits, and then their size is known', async () => {
    const { blocks, ...rest } = packBrief('lab', ['en'])
    const paragraph = { type: 'paragraph', style: 'body', runs: [{ text: 'Long. '.repeat(500) }] } as const
    const long = { ...rest, blocks: [...blocks, ...Array.from({ length: 60 }, () => paragraph)] }
    const told = Promise.withResolvers<undefined>()
    expect(await sizeOf(long, () => Promise.resolve(told.resolve(undefined)))).toBeUndefined()
    await told.promise
    expect((await sizeOf(long))?.pages).toBeGreaterThan(20)
  })
})

describe('what can wait', () => {
  test('is done one after the other, each name once, after what somebody waits for', async () => {
    const done: string[] = []
    const note = (name: string) => () => Promise.resolve(void done.push(name))
    const all = Promise.withResolvers<undefined>()
    const urgent = now(async () => {
      later('a', note('a'))
      later('a', note('a again'))
      later('failing', () => Promise.reject(new Error('nobody waits for it')))
      later('b', note('b'))
      later('last', () => Promise.resolve(all.resolve(undefined)))
      await new Promise((resolve) => setImmediate(resolve))
      done.push('urgent')
    })
    await urgent
    await all.promise
    expect(done).toEqual(['urgent', 'a', 'b'])
  })

  test('is forgotten where the process ends, but for what has begun', async () => {
    const done: string[] = []
    const begun = Promise.withResolvers<undefined>()
    const release = Promise.withResolvers<undefined>()
    later('first', async () => {
      begun.resolve(undefined)
      await release.promise
      done.push('first')
    })
    later('second', () => Promise.resolve(void done.push('second')))
    await begun.promise
    const settled = settleLater()
    release.resolve(undefined)
    await settled
    expect(done).toEqual(['first'])
  })
})
