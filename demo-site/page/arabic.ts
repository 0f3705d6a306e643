import type { Configuration } from '../configuration.ts'
import { BUTTON_SCRIPT, offsetButton } from './button.ts'
import { backToAll, document, type Website } from './document.ts'
import { html } from './html.ts'

const FRIENDS: Website = {
  lang: 'ar',
  dir: 'rtl',
  stylesheet: '/page.css',
  before: html`<header class="masthead"><div class="wrap">
<a class="name" href="/ar">أصدقاء وادي السدر <span>(عرض تجريبي)</span></a>
<nav aria-label="في هذه الصفحة"><a href="#count">العدّ</a><a href="#road">الطريق</a></nav>
</div></header>`,
  after: html`<footer class="wrap"><p>جمعية أصدقاء وادي السدر متخيَّلة، وكذلك واديها وأرقامها؛ الغرض منها عرض صفحة تشبه صفحتكم. ${backToAll('كل صفحات هذا العرض')}</p></footer>`,
}

/** A page from right to left: the button takes its language and direction from the page. */
export function arabicPage(configuration: Configuration): string {
  return document(FRIENDS, {
    title: 'قبل أن تصل الحرارة، أصدقاء وادي السدر (عرض تجريبي)',
    scripts: [BUTTON_SCRIPT],
    main: html`<article>
<header class="opening">
<p class="kicker">دفتر الميدان، <time datetime="2026-10-30">٣٠ أكتوبر ٢٠٢٦</time></p>
<h1>قبل أن تصل الحرارة</h1>
<p class="lead">في خريف كل عام تمرّ الطيور بوادينا ليلًا وتستريح فيه نهارًا. نحن نصل مع الفجر ونعدّها قبل أن تطردها الحرارة إلى الظل.</p>
</header>
<h2 id="count">كيف نعدّ</h2>
<p>نقف في خمسة مواضع معلَّمة بحجارة بيضاء، ساعتين في كل موضع، ونكتب ما نراه لا ما نتوقعه. ما لم نتأكد منه نكتب أمامه علامة استفهام، ولا نمحوها فيما بعد.</p>
<p>في هذا الموسم خرجنا أربعة وثلاثين صباحًا. كثر الوروار في الأسبوع الثاني من سبتمبر، وتأخر أبو الحناء عشرة أيام عن دفاتر السنين الماضية. عشرة أيام في سنة واحدة لا تقول شيئًا بعد، ولهذا نعدّ كل سنة.</p>
<h2 id="road">ما كلّفه الطريق</h2>
<p>الوادي بعيد، ولا حافلة تصل إليه. قطعت سيارتان الطريق أربعًا وثلاثين مرة، واحتفظنا بكل إيصال وقود. حين جمعناها بلغت خمسة أطنان إلا قليلًا.</p>
<table class="receipt">
<caption>وقود الموسم وما ينبعث من حرقه. أرقام تجريبية ومعاملات مقرَّبة.</caption>
<thead><tr><th scope="col">السيارة</th><th scope="col">لترات</th><th scope="col">كغ <bdi dir="ltr">CO₂e</bdi></th></tr></thead>
<tbody><tr><th scope="row">الحافلة الصغيرة<small>ديزل</small></th><td>١٬٢٤٠</td><td>٣٬٣٢٣</td></tr>
<tr><th scope="row">سيارة المعدّات<small>بنزين</small></th><td>٦٥٠</td><td>١٬٥٠٢</td></tr></tbody>
<tfoot><tr class="sum"><th scope="row" colspan="2">المجموع</th><td>٤٬٨٢٥</td></tr>
<tr class="total"><th scope="row" colspan="2">مقرَّبًا إلى أطنان كاملة</th><td>٥ أطنان</td></tr></tfoot>
</table>
<p>ما احترق احترق، ولا شيء يعيده. لكننا نطلب في نهاية كل موسم إلغاء أرصدة كربون بعدد ما بقي من الأطنان، فتخرج من السجل إلى الأبد ولا يستعملها أحد بعدنا، ويذهب الثمن إلى المشاريع التي خفّضت انبعاثاتها من قبل.</p>
<p>هذا هو الزر الذي نستعمله، والكمية لكم أن تغيّروها.</p>
<div class="give">
${offsetButton(configuration, { tonnes: 5, lang: FRIENDS.lang, link: 'اطلبوا إلغاء ٥ أطنان' })}
<p>يُفتح هنا. لا تتلقى الجمعية منه شيئًا.</p>
<p class="demo"><strong>عرض تجريبي</strong>المشاريع حقيقية، أما الكميات والأسعار والسنوات والأرقام التسلسلية فمختلَقة، ولا يُلغى أي رصيد حقيقي.</p>
</div>
<h2>من يستيقظ باكرًا</h2>
<p>ينقصنا اثنان في صباحات الثلاثاء. أحضروا قبعة وماء، واتركوا العطر في البيت.</p>
</article>`,
  })
}
