import type { FirstKey, Words } from './language.ts'

/** What the panel says up to the first quote; the keys are those of English. */
export const words: Words<FirstKey> = {
  'tonnes.short': '{n}\u202f吨',
  'panel.test': '测试',
  'panel.back': '返回',
  'panel.close': '关闭',
  'panel.loading': '正在询问市场',
  'tonnes.unit': '吨 CO₂e',
  'amount.title': '多少？',
  'amount.tonnes': '吨数',
  'amount.budget': '预算',
  'amount.estimate': '估算',
  'amount.less': '减少一吨',
  'amount.more': '增加一吨',
  'amount.field': '二氧化碳当量吨数',
  'amount.which': '哪些项目',
  'amount.change': '更改',
  'amount.all_projects': '所有在售项目',
  'amount.now': '现价，含全部费用',
  'amount.see_quote': '查看报价',
  'amount.whole': '一个信用等于一吨。只能是整吨。',
  'panel.step': '，第 {step} 步，共 4 步',
  'amount.average': '支付给项目的平均价格',
  'amount.a_tonne': '每吨 {price}',
}
