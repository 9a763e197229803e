import type { Family } from '#platform/pdf/fonts/faces.ts'
import type { Script } from '#platform/text/scripts.ts'

/** Words that go wrong where shaping is wrong, each with what it is there for. */
export interface Sentence {
  readonly what: string
  readonly family: Family
  readonly script: Script
  readonly language: string
  readonly text: string
}

const burmese = { family: 'myanmar', script: 'Mymr', language: 'my' } as const
const thai = { family: 'thai', script: 'Thai', language: 'th' } as const
const latin = { family: 'latin', script: 'Latn' } as const

export const sentences: readonly Sentence[] = [
  { ...burmese, what: 'kinzi', text: 'အင်္ဂလိပ်စာ သင်္ဘော စင်္ကာပူ အင်္ဂါ ကင်္ဘာလော' },
  { ...burmese, what: 'stacked consonants', text: 'တက္ကသိုလ် ဥက္ကဋ္ဌ ပစ္စည်း ဗုဒ္ဓ မန္တလေး ဝိဇ္ဇာ သတ္တဗေဒ ကမ္ဘာ' },
  { ...burmese, what: 'medials', text: 'ကျွန်ုပ် ကြွေး မြို့ လွှဲပြောင်း ညွှန်ကြားချက် ယောက်ျား ရွှေ' },
  { ...burmese, what: 'the vowel before its consonant', text: 'ဆွေးနွေးပွဲ ကြောင့် အစည်းအဝေး လေ့လာရေး မြေ' },
  { ...burmese, what: 'a sentence', text: 'ယူနန်ပြည်နယ်သည် မြန်မာနိုင်ငံနှင့် နယ်နိမိတ်ချင်း ထိစပ်နေပါသည်။' },
  { ...burmese, what: 'signs and digits', text: '၁၉၆၄ ခုနှစ်၊ ၎င်း၏ ဩဂုတ်လ ၆ ရက်၌ ဤအဖွဲ့၍' },
  { ...thai, what: 'sara am with tone marks', text: 'น้ำ ซ้ำ ก๊ำ ทำ คำสั่ง ค่ำ ถ้ำ สัมพันธ์ จำนวน' },
  { ...thai, what: 'tones over vowels', text: 'ที่ ปั๊ม ฝั้น เชื่อมโยง ปี๊บ ผู้เชี่ยวชาญ เครื่องมือ' },
  { ...thai, what: 'letters with descenders', text: 'ญี่ปุ่น ฐานข้อมูล ฎีกา กตัญญู ปฏิบัติการ ฤๅษี' },
  { ...thai, what: 'a sentence', text: 'มหาวิทยาลัยเชียงใหม่ร่วมมือกับสถาบันวิจัยในมณฑลยูนนาน' },
  {
    ...latin,
    language: 'vi',
    what: 'stacked diacritics',
    text: 'Trường Đại học Ế Ỗ ữ ỹ ặ ẵ Đặng Nguyễn Hợp tác ẹ ọ ị ụ',
  },
  { ...latin, language: 'en', what: 'kerning', text: 'AVATAR To. We Ty “quotes” naïve Waffle' },
  { family: 'han', script: 'Hani', language: 'zh-Hans', what: 'Chinese', text: '中国东盟创新中心昆明理工大学骨直曜' },
  { family: 'lao', script: 'Laoo', language: 'lo', what: 'Lao', text: 'ມະຫາວິທະຍາໄລແຫ່ງຊາດລາວ ນ້ຳ ຫຼວງພະບາງ ເທື່ອ' },
  { family: 'khmer', script: 'Khmr', language: 'km', what: 'Khmer', text: 'សាកលវិទ្យាល័យភូមិន្ទភ្នំពេញ ស្រី ខ្ញុំ ព្រះ' },
  { family: 'latin', script: 'Deva', language: 'hi', what: 'Hindi', text: 'भारतीय प्रौद्योगिकी संस्थान विज्ञान क्षेत्र' },
]
