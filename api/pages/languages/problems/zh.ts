import type { ProblemWords } from '../../words.ts'

/** What a refusal says to people; the codes, and English, are those of the contract. */
export const problems: ProblemWords = {
  invalid_request: { sentence: '请求中有无法读取的字段。', remedy: '请更正 errors 中列出的字段。' },
  invalid_quantity: {
    sentence: '一个信用等于一吨。只能是整吨，1 至 1,000,000。',
    remedy: '请在此范围内输入整数吨数。',
  },
  unknown_filter: { sentence: '筛选中有不存在的内容。', remedy: '请使用市场列出的属性和值。' },
  idempotency_key_missing: {
    sentence: '订单需要 16 至 128 个字符的 Idempotency-Key 标头。',
    remedy: '每个新订单发送一个新的随机密钥，重复时发送同一密钥。',
  },
  key_not_valid: {
    sentence: '密钥缺失或无效。',
    remedy: '请以 Authorization: Bearer 发送您得到的密钥。',
  },
  signature_not_valid: {
    sentence: '此事件的签名无效。没有任何更改。',
    remedy: '请检查 STRIPE_WEBHOOK_SECRET 是否为此端点的密钥，以及双方时钟是否准确。',
  },
  origin_not_allowed: {
    sentence: '此按钮在本网站尚不可用。',
    remedy: '其所有者须在密钥设置中允许此来源。',
  },
  form_not_ours: {
    sentence: '此表单由其他网站发送。没有保留，也没有扣款。',
    remedy: '请在此打开页面，并发送它自己的表单。',
  },
  not_found: { sentence: '此地址没有内容。', remedy: '地址见 /openapi.json。' },
  order_not_found: { sentence: '没有这个订单。', remedy: '请检查下单时得到的标识。' },
  offer_not_found: { sentence: '您没有这个挂单。', remedy: '请列出您的挂单。' },
  certificate_not_found: { sentence: '没有这份证书。', remedy: '请检查证书上印的地址。' },
  idempotency_key_reused: {
    sentence: '此 Idempotency-Key 已用于另一请求。没有下单。',
    remedy: '新请求请使用新密钥。',
  },
  price_moved: {
    sentence: '其他人先买走了最便宜的信用。没有向您扣款。',
    remedy: '请查看新价格并重新决定。',
  },
  not_enough_available: {
    sentence: '此范围内剩余的吨数少于所要的。没有保留，也没有扣款。',
    remedy: '请购买剩余的，或选择其他项目。',
  },
  nothing_available: {
    sentence: '今天此范围内没有在售信用。',
    remedy: '请选择其他项目，或稍后再来。',
  },
  amount_too_small: {
    sentence: '低于此金额，银行卡费用会占价格的大部分。',
    remedy: '请至少要 minimum_tonnes。',
  },
  amount_too_large: {
    sentence: '一次银行卡付款不能这么大。没有保留，也没有扣款。',
    remedy: '请最多要 maximum_tonnes，其余再次购买。',
  },
  too_many_fills: {
    sentence: '此订单涉及的挂单超过一个订单的上限。',
    remedy: '请减少吨数，或放宽范围。',
  },
  order_not_stoppable: {
    sentence: '订单已无法停止：银行卡已授权，登记处正在处理。',
    remedy: '请等待订单结束；登记处同意之前不会扣款。',
  },
  journal_too_long: {
    sentence: '此订单之前市场发生的事件过多，无法重放以作说明。',
    remedy: '请询问运营方，其拥有完整日志。',
  },
  card_declined: { sentence: '您的银行拒绝了此卡。没有扣款。', remedy: '请重试，或使用另一张卡。' },
  hold_expired: { sentence: '保留已到期。没有扣款；信用重新在售。', remedy: '请获取新报价。' },
  stopped: { sentence: '买方停止了订单。没有扣款；信用重新在售。', remedy: '请获取新报价。' },
  capture_refused: { sentence: '扣款之前银行卡的授权已失效。没有扣款。', remedy: '请重新下单。' },
  registry_refused: {
    sentence: '登记处拒绝了这些信用。没有从您的卡扣款，或已退款。',
    remedy: '请获取新报价；被拒绝的信用已不再出售。',
  },
  registry_timed_out: {
    sentence: '登记处没有及时答复。没有从您的卡扣款。',
    remedy: '请稍后重新下单；信用重新在售。',
  },
  registry_unavailable: { sentence: '登记处没有答复。没有任何更改。', remedy: '请一分钟后重试。' },
  registry_closed: {
    sentence: '登记处目前不接受注销。没有扣款。',
    remedy: '请在其重新开放后再来。',
  },
  units_not_available: {
    sentence: '登记处没有预留这些单位：见 registry_codes。',
    remedy: '请列出您的持有量，并挂出可用的单位。',
  },
  project_not_listed: {
    sentence: '这些单位所属的项目尚未在此列出。没有挂单。',
    remedy: '请让运营方列出该项目，然后再次挂单。',
  },
  units_expired: { sentence: '已过期的临时单位不能挂出。', remedy: '请挂出未过期的单位。' },
  holding_account_not_yours: {
    sentence: '此持有账户不属于您。',
    remedy: '请使用运营方为您登记的持有账户。',
  },
  offer_ended: { sentence: '挂单已撤回或已售完。', remedy: '请新建挂单。' },
  below_reserved_and_sold: {
    sentence: '数量低于已保留和已售出的数量。',
    remedy: '请至少要 reserved_tonnes + sold_tonnes。',
  },
  above_earmarked: {
    sentence: '数量高于登记处为此挂单预留的数量。',
    remedy: '请为其余单位另建挂单。',
  },
  market_halted: { sentence: '市场已暂停。', remedy: '请等待其重新开放。' },
  market_unavailable: {
    sentence: '市场响应缓慢。没有下单。',
    remedy: '请在 Retry-After 秒后以同一 Idempotency-Key 再次发送同一请求。',
  },
  outcome_unknown: {
    sentence: '我们还不能确定这是否生效。最多生效一次。',
    remedy: '请以同一 Idempotency-Key 再次发送同一请求。',
  },
  payment_unavailable: {
    sentence: '支付服务没有答复。没有扣款。',
    remedy: '请以同一 Idempotency-Key 再次发送同一请求。',
  },
  internal: { sentence: '我们这边出了问题。', remedy: '请重试；如仍如此，请告知我们请求标识。' },
}
