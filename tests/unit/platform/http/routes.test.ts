import { expect, it } from 'vitest'
import { routes } from '#platform/http/public-routes.ts'
import { canonicalQuery, routeFinder } from '#platform/http/routes.ts'

it('keeps of a query what the page reads, in one order, without what is empty', () => {
  const parameters = ['q', 'country', 'page']
  expect(canonicalQuery('page=2&country=TH&utm_source=mail&country=VN&q=', parameters)).toBe(
    'country=TH&country=VN&page=2',
  )
  expect(canonicalQuery('q=%E1%80%80+%26&fbclid=1', parameters)).toBe('q=%E1%80%80+%26')
  expect(canonicalQuery('Country=TH&q[]=a&__proto__=x', parameters)).toBe('')
  expect(canonicalQuery('page=2', [])).toBe('')
})

it('makes the same of what it made before', () => {
  const once = canonicalQuery('q=a+b%20c&page=3', ['q', 'page'])
  expect(canonicalQuery(once, ['q', 'page'])).toBe(once)
})

it('finds the route of a path by its segments', () => {
  const find = routeFinder(routes.publicRoutes)
  expect(find([], false)?.pattern).toBe('')
  expect(find(['partners'], false)?.pattern).toBe('partners')
  expect(find(['partners', 'chiang-mai-university'], false)?.pattern).toBe('partners/*')
  expect(find(['sitemap.xml'], true)?.pattern).toBe('sitemap.xml')
  expect(find(['sitemap.xml'], false)).toBeUndefined()
  expect(find(['partners'], true)).toBeUndefined()
  expect(find(['partners', 'a', 'b'], false)).toBeUndefined()
  expect(find(['office'], false)).toBeUndefined()
})

it('names for every page that shows records what it shows', () => {
  for (const route of routes.publicRoutes) {
    if (route.pattern !== 'robots.txt') expect(route.tags, route.pattern).not.toEqual([])
  }
})
