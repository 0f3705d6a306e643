import type { WordsOf } from '@offset-button/contract/words/language'

/** What the badge says, in every language. */
export const CERTIFICATE_WORDS: WordsOf<
  'checking' | 'valid' | 'unknown' | 'unreachable' | 'detail' | 'nobody' | 'simulated'
> = {
  en: {
    checking: 'Certificate is being checked',
    valid: { one: '{n} tonne, cancelled for good', other: '{n} tonnes, cancelled for good' },
    unknown: 'There is no such certificate',
    unreachable: 'The certificate cannot be checked just now',
    detail: 'For {name}, on {date}',
    nobody: 'On {date}',
    simulated: 'Simulated: no real credit was cancelled',
  },
  fr: {
    checking: 'Vérification du certificat',
    valid: {
      one: '{n} tonne, annulée pour de bon',
      other: '{n} tonnes, annulées pour de bon',
    },
    unknown: 'Ce certificat n’existe pas',
    unreachable: 'Le certificat ne peut pas être vérifié pour le moment',
    detail: 'Pour {name}, le {date}',
    nobody: 'Le {date}',
    simulated: 'Simulé\u00a0: aucun crédit réel n’a été annulé',
  },
  es: {
    checking: 'Se comprueba el certificado',
    valid: {
      one: '{n} tonelada, cancelada para siempre',
      other: '{n} toneladas, canceladas para siempre',
    },
    unknown: 'No existe ese certificado',
    unreachable: 'El certificado no puede comprobarse ahora',
    detail: 'Para {name}, el {date}',
    nobody: 'El {date}',
    simulated: 'Simulado: no se canceló ningún crédito real',
  },
  de: {
    checking: 'Zertifikat wird geprüft',
    valid: { one: '{n} Tonne, endgültig gelöscht', other: '{n} Tonnen, endgültig gelöscht' },
    unknown: 'Dieses Zertifikat gibt es nicht',
    unreachable: 'Das Zertifikat lässt sich gerade nicht prüfen',
    detail: 'Für {name}, am {date}',
    nobody: 'Am {date}',
    simulated: 'Simuliert: keine echte Gutschrift wurde gelöscht',
  },
  pt: {
    checking: 'O certificado está a ser verificado',
    valid: {
      one: '{n} tonelada, cancelada para sempre',
      other: '{n} toneladas, canceladas para sempre',
    },
    unknown: 'Não existe esse certificado',
    unreachable: 'O certificado não pode ser verificado agora',
    detail: 'Para {name}, em {date}',
    nobody: 'Em {date}',
    simulated: 'Simulado: nenhum crédito real foi cancelado',
  },
  ar: {
    checking: 'يجري التحقق من الشهادة',
    valid: {
      one: 'طن واحد، أُلغي نهائيًا',
      two: 'طنان، أُلغيا نهائيًا',
      few: '{n} أطنان، أُلغيت نهائيًا',
      many: '{n} طنًا، أُلغيت نهائيًا',
      other: '{n} طن، أُلغيت نهائيًا',
    },
    unknown: 'لا توجد شهادة كهذه',
    unreachable: 'لا يمكن التحقق من الشهادة الآن',
    detail: 'باسم {name}، في {date}',
    nobody: 'في {date}',
    simulated: 'محاكاة: لم يُلغَ أي رصيد حقيقي',
  },
  zh: {
    checking: '正在核验证书',
    valid: { other: '{n} 吨，永久注销' },
    unknown: '没有这份证书',
    unreachable: '暂时无法核验证书',
    detail: '{name}，{date}',
    nobody: '{date}',
    simulated: '模拟：没有注销任何真实信用',
  },
  hi: {
    checking: 'प्रमाणपत्र जाँचा जा रहा है',
    valid: { other: '{n} टन, हमेशा के लिए रद्द' },
    unknown: 'ऐसा कोई प्रमाणपत्र नहीं है',
    unreachable: 'प्रमाणपत्र अभी जाँचा नहीं जा सकता',
    detail: '{name} के लिए, {date}',
    nobody: '{date}',
    simulated: 'सिमुलेशन: कोई असली क्रेडिट रद्द नहीं हुआ',
  },
}
