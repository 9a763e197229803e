import type { Locale } from '#platform/i18n/locales.ts'
import type { MailMessage } from '#platform/mail/mailer.ts'

/** Words of a letter in each script; the long line has no space at all where the script needs none. */
const words: Readonly<Record<Locale, { name: string; subject: string; line: string }>> = {
  zh: {
    name: '李明（国际合作处）',
    subject: '合作协议《中国—东盟联合实验室建设》将于九十日后到期，请及时办理续签',
    line: '云南省科学技术厅与各合作方共同推进技术转移工作，',
  },
  en: {
    name: 'O’Brien, Dr. Anne "Annie"',
    subject: 'An agreement ends in 90 days: “Joint laboratory for plant protection” — please decide on its renewal',
    line: 'A term that ends is a term to decide about; ',
  },
  th: {
    name: 'ดร.สมศักดิ์ ใจดี',
    subject: 'ข้อตกลงความร่วมมือจะสิ้นสุดลงในอีก ๙๐ วัน กรุณาพิจารณาการต่ออายุ',
    line: 'ข้อตกลงความร่วมมือด้านการถ่ายทอดเทคโนโลยีจะสิ้นสุดลงในอีกเก้าสิบวัน',
  },
  vi: {
    name: 'Nguyễn Thị Ánh Tuyết',
    subject: 'Thỏa thuận hợp tác sẽ hết hạn sau 90 ngày, đề nghị xem xét việc gia hạn',
    line: 'Đề nghị quý cơ quan xem xét việc gia hạn thỏa thuận hợp tác; ',
  },
  my: {
    name: 'ဒေါက်တာ အောင်ကျော်မင်း',
    subject: 'ပူးပေါင်းဆောင်ရွက်မှု သဘောတူညီချက်သည် ရက် ၉၀ အတွင်း သက်တမ်းကုန်ဆုံးပါမည်',
    line: 'ပူးပေါင်းဆောင်ရွက်မှုသဘောတူညီချက်သက်တမ်းကုန်ဆုံးမည့်ရက်ကိုသတိပေးအပ်ပါသည်။',
  },
}

/** A letter with everything that can go wrong in a script: long lines, dots that begin one, quotes, a lone "From". */
export function letter(locale: Locale, changes: Partial<MailMessage> = {}): MailMessage {
  const { name, subject, line } = words[locale]
  return {
    messageId: `<reminder-${locale}@hub.example.org>`,
    to: { address: `reader-${locale}@example.com`, name },
    subject,
    text: `${line.repeat(60)}\n\n.\n..${line}\nFrom ${line}\n${line.trim()}`,
    html: `<!doctype html><html lang="${locale}"><body><p>${line.repeat(60)}</p>\n<p>.</p>\n.\n<p>${line}</p></body></html>`,
    locale,
    date: Temporal.Instant.from('2026-05-01T09:30:00Z'),
    ...changes,
  }
}
