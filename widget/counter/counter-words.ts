import type { WordsOf } from '@offset-button/contract/words/language'

/** What the counter says, in every language. */
export const COUNTER_WORDS: WordsOf<'cancelled' | 'none' | 'opening' | 'lost' | 'refused'> = {
  en: {
    cancelled: 'cancelled for good by way of this site',
    none: 'Nothing has been cancelled by way of this site yet.',
    opening: 'The sum is being asked for.',
    lost: 'The sum cannot be had just now. We keep asking.',
    refused: 'The sum cannot be shown on this site yet.',
  },
  fr: {
    cancelled: 'annulées pour toujours par ce site',
    none: 'Rien n’a encore été annulé par ce site.',
    opening: 'La somme est demandée.',
    lost: 'La somme n’est pas disponible pour le moment. Nous continuons de demander.',
    refused: 'La somme ne peut pas encore être montrée sur ce site.',
  },
  es: {
    cancelled: 'canceladas para siempre a través de este sitio',
    none: 'Aún no se ha cancelado nada a través de este sitio.',
    opening: 'Se está pidiendo la suma.',
    lost: 'La suma no está disponible ahora. Seguimos preguntando.',
    refused: 'La suma aún no puede mostrarse en este sitio.',
  },
  de: {
    cancelled: 'über diese Seite endgültig gelöscht',
    none: 'Über diese Seite wurde noch nichts gelöscht.',
    opening: 'Die Summe wird gefragt.',
    lost: 'Die Summe ist gerade nicht zu haben. Wir fragen weiter.',
    refused: 'Die Summe kann auf dieser Seite noch nicht gezeigt werden.',
  },
  pt: {
    cancelled: 'canceladas para sempre através deste site',
    none: 'Ainda nada foi cancelado através deste site.',
    opening: 'A soma está a ser pedida.',
    lost: 'A soma não está disponível agora. Continuamos a perguntar.',
    refused: 'A soma ainda não pode ser mostrada neste site.',
  },
  ar: {
    cancelled: 'أُلغيت نهائيًا عبر هذا الموقع',
    none: 'لم يُلغَ شيء عبر هذا الموقع بعد.',
    opening: 'نسأل عن المجموع.',
    lost: 'المجموع غير متاح الآن. نواصل السؤال.',
    refused: 'لا يمكن عرض المجموع على هذا الموقع بعد.',
  },
  zh: {
    cancelled: '已通过本网站永久注销',
    none: '尚未通过本网站注销任何信用。',
    opening: '正在查询总数。',
    lost: '暂时无法取得总数，我们会继续询问。',
    refused: '总数尚不能在本网站显示。',
  },
  hi: {
    cancelled: 'इस साइट के ज़रिये हमेशा के लिए रद्द',
    none: 'इस साइट के ज़रिये अभी कुछ रद्द नहीं हुआ।',
    opening: 'योग पूछा जा रहा है।',
    lost: 'योग अभी नहीं मिल रहा। हम पूछते रहेंगे।',
    refused: 'योग इस साइट पर अभी नहीं दिखाया जा सकता।',
  },
}
