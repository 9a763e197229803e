import type { Locale } from '#platform/i18n/locales.ts'
import type { MailContent } from '#platform/mail/layout.ts'

const href =
  'https://hub.example.org/office/agreements/0199c2f4-6d1e-7c3a-9b1f-2f6f6d1c9a10?part=milestones&day=2026-09-30'

/** A letter in each language, as long as real ones are. */
export const contents: Readonly<Record<Locale, MailContent>> = {
  zh: {
    locale: 'zh',
    title: '合作协议将于 90 天后到期',
    paragraphs: [
      '云南农业大学与清迈大学签订的《植物保护联合实验室合作协议》将于 2026年9月30日到期。如需续签，请在通知期限之前书面告知对方。',
      '逾期未通知的，协议自动终止。',
    ],
    facts: [
      ['编号', 'YQ-2023-0042'],
      ['合作方', '云南农业大学；清迈大学（มหาวิทยาลัยเชียงใหม่）'],
      ['通知期限', '2026年7月2日'],
    ],
    action: { label: '打开协议', href },
    footer: '您是该协议的负责人，因此收到此提醒。\n云桥办公室',
  },
  en: {
    locale: 'en',
    title: 'A cooperation agreement ends in 90 days',
    paragraphs: [
      'The agreement “Joint laboratory for plant protection” between Yunnan Agricultural University and Chiang Mai University ends on 30 September 2026. If it is to be renewed, the other side must be told in writing before the notice deadline.',
      'Without notice, the agreement ends by itself.',
    ],
    facts: [
      ['Number', 'YQ-2023-0042'],
      ['Parties', 'Yunnan Agricultural University; Chiang Mai University'],
      ['Notice deadline', '2 July 2026'],
    ],
    action: { label: 'Open the agreement', href },
    footer: 'You receive this reminder because you are responsible for the agreement.\nThe office of Yunqiao',
  },
  th: {
    locale: 'th',
    title: 'ข้อตกลงความร่วมมือจะสิ้นสุดลงในอีก 90 วัน',
    paragraphs: [
      'ข้อตกลงความร่วมมือว่าด้วยห้องปฏิบัติการร่วมด้านการอารักขาพืชระหว่างมหาวิทยาลัยเกษตรยูนนานกับมหาวิทยาลัยเชียงใหม่จะสิ้นสุดในวันที่ 30 กันยายน 2569 หากประสงค์จะต่ออายุ โปรดแจ้งอีกฝ่ายเป็นลายลักษณ์อักษรก่อนครบกำหนดการแจ้ง',
      'หากไม่มีการแจ้ง ข้อตกลงจะสิ้นสุดลงโดยอัตโนมัติ',
    ],
    facts: [
      ['เลขที่', 'YQ-2023-0042'],
      ['คู่สัญญา', 'มหาวิทยาลัยเกษตรยูนนาน มหาวิทยาลัยเชียงใหม่'],
      ['กำหนดการแจ้ง', '2 กรกฎาคม 2569'],
    ],
    action: { label: 'เปิดข้อตกลง', href },
    footer: 'ท่านได้รับการแจ้งเตือนนี้เนื่องจากเป็นผู้รับผิดชอบข้อตกลง\nสำนักงานหยุนเฉียว',
  },
  vi: {
    locale: 'vi',
    title: 'Thỏa thuận hợp tác sẽ hết hạn sau 90 ngày',
    paragraphs: [
      'Thỏa thuận hợp tác về phòng thí nghiệm chung bảo vệ thực vật giữa Đại học Nông nghiệp Vân Nam và Đại học Chiang Mai sẽ hết hạn vào ngày 30 tháng 9 năm 2026. Nếu muốn gia hạn, đề nghị thông báo bằng văn bản cho bên kia trước thời hạn thông báo.',
      'Nếu không có thông báo, thỏa thuận tự chấm dứt.',
    ],
    facts: [
      ['Số', 'YQ-2023-0042'],
      ['Các bên', 'Đại học Nông nghiệp Vân Nam; Đại học Chiang Mai'],
      ['Thời hạn thông báo', '2 tháng 7, 2026'],
    ],
    action: { label: 'Mở thỏa thuận', href },
    footer: 'Quý vị nhận được lời nhắc này vì là người phụ trách thỏa thuận.\nVăn phòng Vân Kiều',
  },
  my: {
    locale: 'my',
    title: 'ပူးပေါင်းဆောင်ရွက်မှု သဘောတူညီချက်သည် ရက် ၉၀ အတွင်း သက်တမ်းကုန်ဆုံးပါမည်',
    paragraphs: [
      'ယူနန်စိုက်ပျိုးရေးတက္ကသိုလ်နှင့် ချင်းမိုင်တက္ကသိုလ်တို့ ချုပ်ဆိုထားသော အပင်ကာကွယ်ရေး ပူးတွဲဓာတ်ခွဲခန်းဆိုင်ရာ သဘောတူညီချက်သည် ၂၀၂၆ ခုနှစ် စက်တင်ဘာ ၃၀ ရက်တွင် သက်တမ်းကုန်ဆုံးပါမည်။ သက်တမ်းတိုးလိုပါက အကြောင်းကြားရမည့် နောက်ဆုံးရက်မတိုင်မီ အခြားတစ်ဖက်သို့ စာဖြင့် အကြောင်းကြားပါရန်။',
      'အကြောင်းမကြားပါက သဘောတူညီချက်သည် အလိုအလျောက် ပြီးဆုံးပါမည်။',
    ],
    facts: [
      ['အမှတ်', 'YQ-2023-0042'],
      ['သဘောတူညီသူများ', 'ယူနန်စိုက်ပျိုးရေးတက္ကသိုလ်၊ ချင်းမိုင်တက္ကသိုလ်'],
      ['အကြောင်းကြားရမည့် နောက်ဆုံးရက်', '၂၀၂၆ ခုနှစ် ဇူလိုင် ၂ ရက်'],
    ],
    action: { label: 'သဘောတူညီချက်ကို ဖွင့်ရန်', href },
    footer: 'သင်သည် ဤသဘောတူညီချက်၏ တာဝန်ခံဖြစ်သောကြောင့် ဤသတိပေးချက်ကို ရရှိခြင်းဖြစ်ပါသည်။\nယွင်ချောင် ရုံး',
  },
}
