import { languageTags, type Locale } from '#platform/i18n/locales.ts'
import type { Block, DocumentModel, Figure } from '#platform/pdf/model.ts'

/** Words of a small brief in each language. */
export const words: Readonly<Record<Locale, Record<'title' | 'lead' | 'label' | 'value' | 'item', string>>> = {
  zh: {
    title: '中国—东盟创新中心（昆明）',
    lead: '该中心于2026年5月6日成立，“面向”南亚、东南亚：与泰国、越南、缅甸的大学合作，GDP增长8%。',
    label: '国家',
    value: '中国云南省昆明市',
    item: '昆明理工大学——清迈大学',
  },
  en: {
    title: 'China–ASEAN Innovation Centre',
    lead: 'A public body in Kunming, in the south-west of China, founded in 2026. It works with universities in Thailand, Vietnam and Myanmar on “shared” problems, and reports to nobody’s surprise.',
    label: 'Country',
    value: 'China',
    item: 'Kunming University of Science and Technology',
  },
  th: {
    title: 'มหาวิทยาลัยเชียงใหม่',
    lead: 'มหาวิทยาลัยของรัฐ ตั้งอยู่ที่จังหวัดเชียงใหม่ทางภาคเหนือของประเทศไทย ก่อตั้งเมื่อ พ.ศ. 2507 ทำวิจัยด้านน้ำ และผู้เชี่ยวชาญต่าง ๆ ร่วมกับคุนหมิง',
    label: 'ประเทศ',
    value: 'ไทย',
    item: 'สถาบันวิจัยน้ำและป่าไม้',
  },
  vi: {
    title: 'Đại học Quốc gia Hà Nội',
    lead: 'Đại học công lập tại Hà Nội, thành lập năm 1906. Trường nghiên cứu khoa học tự nhiên, nông nghiệp, năng lượng tái tạo và hợp tác với Vân Nam; ẹ ọ ị ụ đều đúng.',
    label: 'Quốc gia',
    value: 'Việt Nam',
    item: 'Viện Hàn lâm Khoa học và Công nghệ',
  },
  my: {
    title: 'မန္တလေးတက္ကသိုလ်',
    lead: 'မြန်မာနိုင်ငံအထက်ပိုင်း မန္တလေးမြို့၌ တည်ရှိသော အစိုးရတက္ကသိုလ်ဖြစ်ပြီး ၁၉၂၅ ခုနှစ်တွင် တည်ထောင်ခဲ့သည်။ အင်္ဂလိပ်စာ၊ ဝိဇ္ဇာနှင့် သိပ္ပံဘာသာရပ်များကို သင်ကြားပို့ချပါသည်။',
    label: 'နိုင်ငံ',
    value: 'မြန်မာ',
    item: 'ကူမင်း သိပ္ပံနှင့်နည်းပညာတက္ကသိုလ်',
  },
}

/** A document with these blocks and nothing else of interest. */
export function documentOf(locale: Locale, blocks: readonly Block[]): DocumentModel {
  return {
    locale,
    title: words[locale].title,
    subject: 'R&D <brief>',
    author: words[locale].title,
    issued: { iso: '2026-05-06', text: '2026-05-06' },
    head: { site: words[locale].title, kind: words[locale].label },
    foot: { label: words[locale].label, address: 'https://yunqiao.example/x', issued: words[locale].value },
    pageLabel: '{page} / {pages}',
    blocks,
  }
}

/** A document with every kind of block. */
export function fullDocument(locale: Locale): DocumentModel {
  const { title, lead, label, value, item } = words[locale]
  return documentOf(locale, [
    { type: 'heading', level: 1, runs: [{ text: title }] },
    { type: 'paragraph', style: 'lead', runs: [{ text: lead }] },
    { type: 'notice', runs: [{ text: lead }] },
    { type: 'heading', level: 2, runs: [{ text: label }] },
    {
      type: 'keyValues',
      rows: [
        { label: [{ text: label }], value: [{ text: value }] },
        { label: [{ text: label }], value: [{ text: 'https://example.org/', href: 'https://example.org/' }] },
      ],
    },
    { type: 'heading', level: 3, runs: [{ text: value }] },
    { type: 'paragraph', style: 'body', runs: [{ text: lead }, { text: ' ' }, { text: words.my.value, lang: 'my' }] },
    { type: 'list', items: [[{ text: item, weight: 'bold' }], [{ text: value }]] },
    {
      type: 'table',
      columns: [
        { header: [{ text: label }], align: 'start', share: 2 },
        { header: [{ text: value }], align: 'end', share: 1 },
      ],
      rows: Array.from({ length: 60 }, (_, index) => [[{ text: item }], [{ text: String(index + 1) }]]),
    },
    { type: 'paragraph', style: 'note', runs: [{ text: lead }] },
  ])
}

const marking: Readonly<Record<Locale, string>> = {
  zh: '内部资料，不得公开',
  en: 'Internal – not for publication',
  th: 'เอกสารภายใน ห้ามเผยแพร่',
  vi: 'Nội bộ – không công bố',
  my: 'ဌာနတွင်းသုံး – ဖြန့်ဝေခြင်း မပြုရ',
}

/** A drawing with everything that a figure may hold. */
export function figureOf(locale: Locale): Figure {
  const { title, label, value } = words[locale]
  return {
    type: 'figure',
    alt: `${title}: 2024–2029`,
    width: 460,
    height: 110,
    shapes: [
      { shape: 'rect', x: 0, y: 24, width: 180, height: 12, fill: 'lake' },
      { shape: 'rect', x: 180, y: 24, width: 120, height: 12, fill: 'lake', pattern: 'hatched' },
      { shape: 'rect', x: 300, y: 24, width: 90, height: 12, fill: 'accent', pattern: 'dotted' },
      { shape: 'rect', x: 390, y: 24, width: 70, height: 12, stroke: 'hairline', strokeWidth: 0.6 },
      { shape: 'path', d: 'M0 60H460', stroke: 'muted', strokeWidth: 0.6 },
      { shape: 'path', d: 'M100 56v8M300 56v8', stroke: 'accent', strokeWidth: 1.2 },
      { shape: 'text', x: 0, y: 15, size: 9, anchor: 'start', colour: 'ink', run: { text: label } },
      { shape: 'text', x: 460, y: 15, size: 9, anchor: 'end', colour: 'muted', run: { text: '2029' } },
      { shape: 'text', x: 100, y: 78, size: 8.5, anchor: 'middle', colour: 'ink', run: { text: value }, width: 90 },
      { shape: 'text', x: 300, y: 78, size: 8.5, anchor: 'middle', colour: 'ink', run: { text: title }, width: 90 },
    ],
    caption: [{ text: value }],
  }
}

/** A document in one language with every kind of block that a designed one has. */
export function designedDocument(locale: Locale): DocumentModel {
  const { title, lead, label, value, item } = words[locale]
  const paragraph = (style: 'body' | 'lead' | 'caption' | 'note'): Block => ({
    type: 'paragraph',
    style,
    runs: [{ text: lead }],
  })
  return {
    ...documentOf(locale, [
      {
        type: 'cover',
        kind: [{ text: label }],
        title: [{ text: title }],
        subtitle: [{ text: lead }],
        figure: figureOf(locale),
        lines: [[{ text: value }], [{ text: '2026-05-06' }]],
      },
      { type: 'heading', level: 2, runs: [{ text: item }] },
      { type: 'contents', deepest: 3 },
      { type: 'pageBreak' },
      { type: 'heading', level: 2, runs: [{ text: title }] },
      paragraph('lead'),
      paragraph('body'),
      paragraph('body'),
      { type: 'heading', level: 3, runs: [{ text: value }] },
      { type: 'list', ordered: true, items: [[{ text: lead }], [{ text: item }], [{ text: value, weight: 'bold' }]] },
      { type: 'list', items: [[{ text: item }], [{ text: lead }]] },
      figureOf(locale),
      { type: 'heading', level: 2, runs: [{ text: label }] },
      {
        type: 'table',
        caption: [{ text: value }],
        columns: [
          { header: [{ text: label }], align: 'start', share: 3 },
          { header: [{ text: item }], align: 'start', share: 2 },
          { header: [{ text: value }], align: 'end', share: 1.4 },
        ],
        rows: Array.from({ length: 24 }, (_, index) => [
          [{ text: index % 5 === 0 ? lead : item, href: 'https://example.org/ก' }],
          [{ text: title }],
          [{ text: (index * 1234.5).toLocaleString('en') }],
        ]),
      },
      { type: 'notice', runs: [{ text: lead }] },
      paragraph('note'),
    ]),
    marking: [{ text: marking[locale] }],
  }
}

/** A document in two languages with every kind of block that is set in both. */
export function bilingualDocument(locale: Locale, other: Locale): DocumentModel {
  const [one, two] = [words[locale], words[other]]
  const lang = languageTags[other]
  const both = (key: keyof typeof one) => ({ start: [{ text: one[key] }], end: [{ text: two[key], lang }] })
  const long = (times: number) => ({
    start: [{ text: one.lead.repeat(times) }],
    end: [{ text: two.lead.repeat(times), lang }],
  })
  return {
    ...documentOf(locale, [
      { type: 'pair', style: 'title', ...both('title') },
      { type: 'pair', style: 'lead', ...both('lead') },
      { type: 'pair', style: 'notice', ...both('lead') },
      { type: 'pair', style: 'section', ...both('label') },
      { type: 'contents', deepest: 3 },
      { type: 'pair', style: 'section', ...both('item') },
      {
        type: 'keyValues',
        rows: [
          {
            label: [{ text: one.label }],
            value: [{ text: one.value }],
            other: { label: [{ text: two.label, lang }], value: [{ text: two.value, lang }] },
          },
          {
            label: [{ text: one.item }],
            value: [{ text: one.lead }],
            other: { label: [{ text: two.item, lang }], value: [{ text: two.lead, lang }] },
          },
          { label: [{ text: one.label }], value: [{ text: 'https://example.org/', href: 'https://example.org/' }] },
        ],
      },
      { type: 'pair', style: 'subsection', ...both('value') },
      { type: 'pair', style: 'body', ...both('lead') },
      {
        type: 'list',
        items: [[{ text: one.item }], [{ text: one.lead }]],
        others: [[{ text: two.item, lang }], [{ text: two.lead, lang }]],
      },
      {
        type: 'list',
        ordered: true,
        items: [[{ text: one.item }], [{ text: one.lead }]],
        others: [[{ text: two.item, lang }], [{ text: two.lead, lang }]],
      },
      {
        type: 'table',
        columns: [
          { header: [{ text: `${one.label}\n` }, { text: two.label, lang }], align: 'start', share: 3 },
          { header: [{ text: `${one.value}\n` }, { text: two.value, lang }], align: 'end', share: 1 },
        ],
        rows: Array.from({ length: 4 }, (_, index) => [
          [{ text: `${one.item}\n` }, { text: two.item, lang }],
          [{ text: String(index * 1000) }],
        ]),
      },
      { type: 'pair', style: 'body', ...long(8) },
      { type: 'pair', style: 'note', ...both('lead') },
    ]),
    otherLocale: other,
    marking: [{ text: `${marking[locale]} · ` }, { text: marking[other], lang }],
  }
}
