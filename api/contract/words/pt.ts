import type { FirstKey, Words } from './language.ts'

/** What the panel says up to the first quote; the keys are those of English. */
export const words: Words<FirstKey> = {
  'tonnes.short': '{n}\u202ft',
  'panel.test': 'TESTE',
  'panel.back': 'Voltar',
  'panel.close': 'Fechar',
  'panel.loading': 'A consultar o mercado',
  'tonnes.unit': 't CO₂e',
  'amount.title': 'Quanto?',
  'amount.tonnes': 'Toneladas',
  'amount.budget': 'Valor',
  'amount.estimate': 'Estimar',
  'amount.less': 'Uma tonelada a menos',
  'amount.more': 'Uma tonelada a mais',
  'amount.field': 'Toneladas de CO₂e',
  'amount.which': 'Quais projetos',
  'amount.change': 'Alterar',
  'amount.all_projects': 'Todos os projetos à venda',
  'amount.now': 'Agora, com taxas',
  'amount.see_quote': 'Ver a cotação',
  'amount.whole': 'Um crédito é uma tonelada. Só toneladas inteiras.',
  'panel.step': ', passo {step} de 4',
  'amount.average': 'Preço médio pago aos projetos',
  'amount.a_tonne': '{price} por tonelada',
}
