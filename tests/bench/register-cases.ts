/** What people ask of the register: each filter alone, filters that combine, every order, words, pages deep down. */
export function registerCases(known: {
  readonly partner: string
  readonly rarePartner: string
  readonly officer: string
}): readonly (readonly [name: string, query: string])[] {
  const { partner, rarePartner, officer } = known
  return [
    ['the whole register', ''],
    ...['title', 'reference', 'state', 'signed', 'ends', 'due', 'value'].flatMap((sort): [string, string][] => [
      [`by ${sort}`, `sort=${sort}`],
      [`by ${sort}, the other way`, `sort=${sort}&order=${sort === 'signed' || sort === 'value' ? 'asc' : 'desc'}`],
    ]),
    ['the last page counted', 'page=20'],
    ['by title, the last page counted', 'sort=title&page=20'],
    ['one state', 'state=draft'],
    ['one state, by signature', 'state=draft&sort=signed'],
    ['in force, ending first', 'state=in_force&sort=ends'],
    ['states, by title', 'state=in_force&state=suspended&sort=title'],
    ['one kind', 'kind=memorandum_of_understanding'],
    ['one kind, by number', 'kind=technology_licence&sort=reference'],
    ['a partner in most of it', `partner=${partner}&sort=title`],
    ['a partner, by value', `partner=${rarePartner}&sort=value`],
    ['a country', 'country=TH&sort=due'],
    ['every agreement has it', 'country=CN&sort=title'],
    ['an officer, due within 30 days', `officer=${officer}&due=30&sort=due`],
    ['due within a year', 'due=365&sort=title'],
    ['overdue', 'due=0&sort=ends'],
    ['a field', 'field=agriculture&sort=signed'],
    ['a value', 'from=1000000&to=2000000&currency=CNY&sort=value'],
    ['a year, by number', 'year=2025&sort=reference'],
    ['a year, by title', 'year=2025&sort=title'],
    ['four filters', `state=in_force&kind=technology_licence&country=TH&field=agriculture`],
    ['five filters that none fits', `state=draft&year=2024&kind=technology_licence&country=TH&due=30`],
    ['state, kind and officer', `state=in_force&kind=technology_service_contract&officer=${officer}&sort=value`],
    ['words: a number', `q=${encodeURIComponent('示例〔2025〕4242号')}`],
    ['words: rare', 'q=77777'],
    ['words: a kind, in Chinese', `q=${encodeURIComponent('备忘录')}`],
    ['words: a kind, in Vietnamese, by title', `q=${encodeURIComponent('hop dong')}&sort=title`],
    ['words: what all have', `q=${encodeURIComponent('示例协议')}`],
    ['words: what all have, by title', 'q=sample+agreement&sort=title'],
    ['words in Thai with a state', `q=${encodeURIComponent('ข้อตกลง')}&state=in_force&sort=ends`],
    ['words in Burmese with a country', `q=${encodeURIComponent('နမူနာ')}&country=MM&sort=due`],
    ['words and filters that none fits', `q=memorandum&kind=technology_licence`],
    ['signed within a quarter, by title', 'signed=2026-01-01/2026-03-31&sort=title'],
    ['came into force within a quarter', 'begun=2026-01-01/2026-03-31'],
    ['ended within a year, by number', 'ended=2025-01-01/2025-12-31&sort=reference'],
    ['renewed within a year', 'renewed=2025-01-01/2025-12-31'],
    ['in force, its period ending within 90 days', 'state=in_force&ends=90&sort=ends'],
    ['waiting for somebody’s review', `reviewer=${officer}`],
    ['a release is asked for', 'release=asked'],
    ['nobody’s, not confidential', 'officer=nobody&confidential=no'],
    ['as a timeline', 'view=timeline&state=in_force&sort=ends&size=100'],
  ]
}
