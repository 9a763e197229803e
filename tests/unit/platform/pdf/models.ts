import type { Locale } from '#platform/i18n/locales.ts'
import type { Block, DocumentModel } from '#platform/pdf/model.ts'

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
