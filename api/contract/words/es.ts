import type { FirstKey, Words } from './language.ts'

/** What the panel says up to the first quote; the keys are those of English. */
export const words: Words<FirstKey> = {
  'tonnes.short': '{n}\u202ft',
  'panel.test': 'PRUEBA',
  'panel.back': 'Atrás',
  'panel.close': 'Cerrar',
  'panel.loading': 'Preguntando al mercado',
  'tonnes.unit': 't CO₂e',
  'amount.title': '¿Cuánto?',
  'amount.tonnes': 'Toneladas',
  'amount.budget': 'Importe',
  'amount.estimate': 'Estimar',
  'amount.less': 'Una tonelada menos',
  'amount.more': 'Una tonelada más',
  'amount.field': 'Toneladas de CO₂e',
  'amount.which': 'Qué proyectos',
  'amount.change': 'Cambiar',
  'amount.all_projects': 'Todos los proyectos en venta',
  'amount.now': 'Ahora, con comisiones',
  'amount.see_quote': 'Ver la cotización',
  'amount.whole': 'Un crédito es una tonelada. Solo toneladas enteras.',
  'panel.step': ', paso {step} de 4',
  'amount.average': 'Precio medio pagado a los proyectos',
  'amount.a_tonne': '{price} por tonelada',
}
