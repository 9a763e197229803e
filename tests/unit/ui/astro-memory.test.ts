import { expect, test } from 'vitest'
import { oldGenerationGrowth } from '#tests/support/old-generation.ts'

interface Instances {
  readonly createAstroComponentInstance: (
    result: unknown,
    name: string,
    factory: () => unknown,
    props: object,
    slots: Readonly<Record<string, () => unknown>>,
  ) => { readonly slotValues: Readonly<Record<string, () => unknown>> }
}

const module = '../../../node_modules/astro/dist/runtime/server/render/astro/instance.js'
const { createAstroComponentInstance } = (await import(module)) as Instances

test('what was put into a component is gone with the next small collection', async () => {
  const result = { _metadata: { routeHasPropagation: false, propagators: new Set() } }
  let rendered = 0
  const growth = await oldGenerationGrowth(200, () => {
    const slot = () => Array.from({ length: 2000 }, (_, n) => ({ n }))
    const { slotValues } = createAstroComponentInstance(result, 'Frame', () => '', {}, { default: slot })
    if (Array.isArray(slotValues['default']?.())) rendered += 1
  })
  expect(rendered).toBe(400)
  expect(growth).toBeLessThan(2_000_000)
})
