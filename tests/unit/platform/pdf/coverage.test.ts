import type * as hb from 'harfbuzzjs'
import { describe, expect, test } from 'vitest'
import { covers } from '#platform/pdf/fonts/coverage.ts'
import { faceId, families } from '#platform/pdf/fonts/faces.ts'
import { loadFace } from '#platform/pdf/fonts/harfbuzz.ts'
import { canPrint } from '#platform/pdf/text/itemise.ts'

describe.each(families)('the %s family', (family) => {
  test.each(['regular', 'bold'] as const)('covers in %s exactly what HarfBuzz finds', (weight) => {
    const face: hb.Face = loadFace(faceId(family, weight)).font.face
    const own = new Set(face.collectUnicodes())
    const different: number[] = []
    for (let codePoint = 0; codePoint < 0x30000; codePoint++) {
      if (own.has(codePoint) !== covers(family, codePoint)) different.push(codePoint)
    }
    expect(different).toEqual([])
  })

  test('has 1000 units to the em, as all faces', () => {
    expect(loadFace(faceId(family, 'regular')).font.face.upem).toBe(1000)
  })
})

test('every character of GB 2312 has a face', () => {
  const decoder = new TextDecoder('gbk')
  const missing: string[] = []
  for (let row = 0xb0; row <= 0xf7; row++) {
    for (let cell = 0xa1; cell <= 0xfe; cell++) {
      const character = decoder.decode(new Uint8Array([row, cell]))
      const isAssigned = !/[\uFFFD\p{Co}]/u.test(character)
      if (isAssigned && !canPrint(character)) missing.push(character)
    }
  }
  expect(missing).toEqual([])
})
