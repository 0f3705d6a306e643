import type { ProblemWords } from '../../words.ts'

/** What a refusal says to people; the codes, and English, are those of the contract. */
export const problems: ProblemWords = {
  invalid_request: {
    sentence: 'في الطلب المُرسل حقل لا يمكن قراءته.',
    remedy: 'صحّح الحقول المذكورة في errors.',
  },
  invalid_quantity: {
    sentence: 'الرصيد الواحد طن واحد. أطنان كاملة فقط، من 1 إلى 1,000,000.',
    remedy: 'اطلب عددًا صحيحًا من الأطنان ضمن هذين الحدين.',
  },
  unknown_filter: {
    sentence: 'المرشّح يذكر شيئًا غير موجود.',
    remedy: 'استخدم الخصائص والقيم التي يسردها السوق.',
  },
  idempotency_key_missing: {
    sentence: 'الطلب يحتاج إلى ترويسة Idempotency-Key من 16 إلى 128 محرفًا.',
    remedy: 'أرسل مفتاحًا عشوائيًا جديدًا مع كل طلب جديد، والمفتاح نفسه عند تكرار طلب.',
  },
  key_not_valid: {
    sentence: 'المفتاح ناقص أو غير معروف.',
    remedy: 'أرسل المفتاح الذي أُعطيتَه بصيغة Authorization: Bearer.',
  },
  signature_not_valid: {
    sentence: 'توقيع هذا الحدث غير صالح. لم يتغيّر شيء.',
    remedy: 'تحقّق من أن STRIPE_WEBHOOK_SECRET هو سرّ هذه النقطة، ومن صحة الساعتين.',
  },
  origin_not_allowed: {
    sentence: 'هذا الزر لا يعمل على هذا الموقع بعد.',
    remedy: 'على مالكه أن يسمح بهذا المصدر في إعدادات المفتاح.',
  },
  form_not_ours: {
    sentence: 'أُرسل هذا النموذج من موقع آخر. لم يُحجز شيء ولم يُخصم شيء.',
    remedy: 'افتح الصفحة هنا، وأرسل نموذجها هي.',
  },
  not_found: { sentence: 'لا شيء في هذا العنوان.', remedy: 'العناوين في /openapi.json.' },
  order_not_found: { sentence: 'لا يوجد طلب كهذا.', remedy: 'تحقّق من المعرّف الذي أُجيب به الطلب.' },
  offer_not_found: { sentence: 'ليس لك عرض كهذا.', remedy: 'اسرد عروضك.' },
  certificate_not_found: {
    sentence: 'لا توجد شهادة كهذه.',
    remedy: 'تحقّق من العنوان المطبوع على الشهادة.',
  },
  idempotency_key_reused: {
    sentence: 'استُخدم هذا المفتاح Idempotency-Key من قبل مع طلب آخر. لم يُطلب شيء.',
    remedy: 'استخدم مفتاحًا جديدًا لطلب جديد.',
  },
  price_moved: {
    sentence: 'اشترى غيرك أرخص الأرصدة أولًا. لم يُخصم منك شيء.',
    remedy: 'انظر إلى السعر الجديد وقرّر ثانية.',
  },
  not_enough_available: {
    sentence: 'بقي في هذا الاختيار أقل مما طُلب. لم يُحجز شيء ولم يُخصم شيء.',
    remedy: 'خذ ما بقي، أو اختر مشاريع أخرى.',
  },
  nothing_available: {
    sentence: 'لا شيء معروض في هذا الاختيار اليوم.',
    remedy: 'اختر مشاريع أخرى، أو عُد لاحقًا.',
  },
  amount_too_small: {
    sentence: 'دون هذا المبلغ تكون تكلفة البطاقة معظم السعر.',
    remedy: 'اطلب minimum_tonnes على الأقل.',
  },
  amount_too_large: {
    sentence: 'لا تحتمل دفعة واحدة بالبطاقة مبلغًا كهذا. لم يُحجز شيء ولم يُخصم شيء.',
    remedy: 'اطلب maximum_tonnes على الأكثر، ثم الباقي.',
  },
  too_many_fills: {
    sentence: 'يشمل الطلب عروضًا أكثر مما يجوز لطلب واحد.',
    remedy: 'اطلب أطنانًا أقل أو وسّع الاختيار.',
  },
  order_not_stoppable: {
    sentence: 'لم يعد ممكنًا إيقاف الطلب: البطاقة مأذونة والسجل يعمل.',
    remedy: 'انتظر نهاية الطلب؛ لا يُخصم شيء قبل موافقة السجل.',
  },
  journal_too_long: {
    sentence: 'حدث في السوق قبل هذا الطلب أكثر مما يمكن إعادته لشرحه.',
    remedy: 'اسأل المشغّل، فلديه السجل اليومي كاملًا.',
  },
  card_declined: {
    sentence: 'رفض مصرفك البطاقة. لم يُخصم شيء.',
    remedy: 'حاول ثانية أو استخدم بطاقة أخرى.',
  },
  hold_expired: {
    sentence: 'انتهت مدة الحجز. لم يُخصم شيء؛ الأرصدة معروضة ثانية.',
    remedy: 'احصل على سعر جديد.',
  },
  stopped: {
    sentence: 'أوقف المشتري الطلب. لم يُخصم شيء؛ الأرصدة معروضة ثانية.',
    remedy: 'احصل على سعر جديد.',
  },
  capture_refused: {
    sentence: 'انتهى إذن البطاقة قبل أن يمكن الخصم منها. لم يُخصم شيء.',
    remedy: 'قدّم الطلب ثانية.',
  },
  registry_refused: {
    sentence: 'رفض السجل هذه الأرصدة. لم يُخصم من بطاقتك، أو رُدّ المبلغ.',
    remedy: 'احصل على سعر جديد؛ الأرصدة المرفوضة لم تعد معروضة.',
  },
  registry_timed_out: {
    sentence: 'لم يُجب السجل في الوقت المحدد. لم يُخصم من بطاقتك.',
    remedy: 'قدّم الطلب ثانية لاحقًا؛ الأرصدة معروضة ثانية.',
  },
  registry_unavailable: {
    sentence: 'لم يُجب السجل. لم يتغيّر شيء.',
    remedy: 'حاول ثانية بعد دقيقة.',
  },
  registry_closed: {
    sentence: 'السجل لا يقبل الإلغاءات. لم يُخصم شيء.',
    remedy: 'عُد حين يُفتح ثانية.',
  },
  units_not_available: {
    sentence: 'لم يخصّص السجل هذه الوحدات: انظر registry_codes.',
    remedy: 'اسرد ممتلكاتك، واعرض وحدات حرّة.',
  },
  project_not_listed: {
    sentence: 'الوحدات لمشروع غير مدرج هنا بعد. لم يُعرض شيء.',
    remedy: 'اطلب من المشغّل إدراج المشروع، ثم اعرض ثانية.',
  },
  units_expired: {
    sentence: 'لا يمكن عرض وحدات مؤقتة انتهت صلاحيتها.',
    remedy: 'اعرض وحدات لم تنتهِ صلاحيتها.',
  },
  holding_account_not_yours: {
    sentence: 'حساب الحيازة هذا ليس من حساباتك.',
    remedy: 'استخدم حساب حيازة أدخله المشغّل لك.',
  },
  offer_ended: { sentence: 'العرض مسحوب أو نافد.', remedy: 'قدّم عرضًا جديدًا.' },
  below_reserved_and_sold: {
    sentence: 'الكمية أقل مما حُجز وبيع من قبل.',
    remedy: 'اطلب reserved_tonnes + sold_tonnes على الأقل.',
  },
  above_earmarked: {
    sentence: 'الكمية أكبر مما خصّصه السجل لهذا العرض.',
    remedy: 'قدّم عرضًا آخر للوحدات الإضافية.',
  },
  market_halted: { sentence: 'السوق متوقف مؤقتًا.', remedy: 'انتظر حتى يُفتح ثانية.' },
  market_unavailable: {
    sentence: 'السوق بطيء في الرد. لم يُطلب شيء.',
    remedy: 'أرسل الطلب نفسه ثانية، بالمفتاح Idempotency-Key نفسه، بعد ثواني Retry-After.',
  },
  outcome_unknown: {
    sentence: 'لا نعرف بعد هل نفذ هذا. نفذ مرة واحدة على الأكثر.',
    remedy: 'أرسل الطلب نفسه ثانية بالمفتاح Idempotency-Key نفسه.',
  },
  payment_unavailable: {
    sentence: 'لم تُجب خدمة الدفع. لم يُخصم شيء.',
    remedy: 'أرسل الطلب نفسه ثانية بالمفتاح Idempotency-Key نفسه.',
  },
  internal: {
    sentence: 'حدث خطأ من جانبنا.',
    remedy: 'حاول ثانية؛ فإن استمر فأخبرنا بمعرّف الطلب.',
  },
}
