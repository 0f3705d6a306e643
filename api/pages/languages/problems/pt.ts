import type { ProblemWords } from '../../words.ts'

/** What a refusal says to people; the codes, and English, are those of the contract. */
export const problems: ProblemWords = {
  invalid_request: {
    sentence: 'O pedido ao servidor tem um campo que não se consegue ler.',
    remedy: 'Corrija os campos indicados em errors.',
  },
  invalid_quantity: {
    sentence: 'Um crédito é uma tonelada. Só toneladas inteiras, de 1 a 1.000.000.',
    remedy: 'Peça um número inteiro de toneladas dentro destes limites.',
  },
  unknown_filter: {
    sentence: 'O filtro indica algo que não existe.',
    remedy: 'Use os atributos e valores que o mercado enumera.',
  },
  idempotency_key_missing: {
    sentence: 'Um pedido precisa de um cabeçalho Idempotency-Key de 16 a 128 caracteres.',
    remedy: 'Envie uma chave aleatória nova com cada pedido novo, e a mesma chave ao repetir um.',
  },
  key_not_valid: {
    sentence: 'A chave falta ou não é conhecida.',
    remedy: 'Envie a chave que lhe deram como Authorization: Bearer.',
  },
  signature_not_valid: {
    sentence: 'A assinatura deste evento não é válida. Nada foi alterado.',
    remedy:
      'Verifique se STRIPE_WEBHOOK_SECRET é o segredo deste ponto de acesso e se ambos os relógios estão certos.',
  },
  origin_not_allowed: {
    sentence: 'Este botão ainda não funciona neste site.',
    remedy: 'O dono tem de permitir esta origem nas definições da chave.',
  },
  form_not_ours: {
    sentence: 'Este formulário foi enviado de outro site. Nada foi reservado nem cobrado.',
    remedy: 'Abra a página aqui e envie o seu próprio formulário.',
  },
  not_found: {
    sentence: 'Não há nada neste endereço.',
    remedy: 'Os endereços estão em /openapi.json.',
  },
  order_not_found: {
    sentence: 'Não existe esse pedido.',
    remedy: 'Verifique o identificador dado em resposta ao pedido.',
  },
  offer_not_found: { sentence: 'Não existe essa oferta sua.', remedy: 'Enumere as suas ofertas.' },
  certificate_not_found: {
    sentence: 'Não existe esse certificado.',
    remedy: 'Verifique o endereço impresso no certificado.',
  },
  idempotency_key_reused: {
    sentence: 'Esta Idempotency-Key já foi usada com outro pedido ao servidor. Nada foi pedido.',
    remedy: 'Use uma chave nova para um pedido novo.',
  },
  price_moved: {
    sentence: 'Outra pessoa comprou primeiro os créditos mais baratos. Nada lhe foi cobrado.',
    remedy: 'Veja o preço novo e decida outra vez.',
  },
  not_enough_available: {
    sentence: 'Nesta escolha restam menos toneladas do que pediu. Nada foi reservado nem cobrado.',
    remedy: 'Leve o que resta, ou escolha outros projetos.',
  },
  nothing_available: {
    sentence: 'Hoje não há nada à venda nesta escolha.',
    remedy: 'Escolha outros projetos, ou volte mais tarde.',
  },
  amount_too_small: {
    sentence: 'Abaixo deste valor, os custos do cartão seriam quase todo o preço.',
    remedy: 'Peça pelo menos minimum_tonnes.',
  },
  amount_too_large: {
    sentence: 'Um pagamento com cartão não pode ser tão grande. Nada foi reservado nem cobrado.',
    remedy: 'Peça no máximo maximum_tonnes, e depois o resto.',
  },
  too_many_fills: {
    sentence: 'O pedido tocaria em mais ofertas do que um pedido pode.',
    remedy: 'Peça menos toneladas ou alargue a escolha.',
  },
  order_not_stoppable: {
    sentence: 'O pedido já não pode ser parado: o cartão está autorizado e o registo a trabalhar.',
    remedy: 'Espere que o pedido termine; nada é cobrado antes de o registo concordar.',
  },
  journal_too_long: {
    sentence:
      'Antes deste pedido aconteceu no mercado mais do que se pode repetir para o explicar.',
    remedy: 'Pergunte ao operador, que tem o diário completo.',
  },
  card_declined: {
    sentence: 'O seu banco recusou o cartão. Nada foi cobrado.',
    remedy: 'Tente de novo ou use outro cartão.',
  },
  hold_expired: {
    sentence: 'A reserva expirou. Nada foi cobrado; os créditos estão de novo à venda.',
    remedy: 'Peça nova cotação.',
  },
  stopped: {
    sentence:
      'O pedido foi parado pelo comprador. Nada foi cobrado; os créditos estão de novo à venda.',
    remedy: 'Peça nova cotação.',
  },
  capture_refused: {
    sentence: 'A autorização do cartão já não valia antes de poder ser cobrado. Nada foi cobrado.',
    remedy: 'Faça o pedido outra vez.',
  },
  registry_refused: {
    sentence: 'O registo recusou estes créditos. O seu cartão não foi cobrado, ou foi reembolsado.',
    remedy: 'Peça nova cotação; os créditos recusados já não estão à venda.',
  },
  registry_timed_out: {
    sentence: 'O registo não respondeu a tempo. O seu cartão não foi cobrado.',
    remedy: 'Faça o pedido mais tarde; os créditos estão de novo à venda.',
  },
  registry_unavailable: {
    sentence: 'O registo não respondeu. Nada foi alterado.',
    remedy: 'Tente de novo dentro de um minuto.',
  },
  registry_closed: {
    sentence: 'O registo não está a aceitar cancelamentos. Nada foi cobrado.',
    remedy: 'Volte quando tiver aberto de novo.',
  },
  units_not_available: {
    sentence: 'O registo não pôs estas unidades de parte: ver registry_codes.',
    remedy: 'Enumere as suas posses e ofereça unidades livres.',
  },
  project_not_listed: {
    sentence: 'As unidades são de um projeto que ainda não consta aqui. Nada foi oferecido.',
    remedy: 'Peça ao operador que inscreva o projeto e ofereça de novo.',
  },
  units_expired: {
    sentence: 'Unidades temporárias que expiraram não podem ser oferecidas.',
    remedy: 'Ofereça unidades que não tenham expirado.',
  },
  holding_account_not_yours: {
    sentence: 'Esta conta de depósito não é uma das suas.',
    remedy: 'Use uma conta de depósito que o operador tenha registado para si.',
  },
  offer_ended: {
    sentence: 'A oferta foi retirada ou está esgotada.',
    remedy: 'Faça uma oferta nova.',
  },
  below_reserved_and_sold: {
    sentence: 'A quantidade é menor do que a já reservada e vendida.',
    remedy: 'Peça pelo menos reserved_tonnes + sold_tonnes.',
  },
  above_earmarked: {
    sentence: 'A quantidade é maior do que a que o registo pôs de parte para esta oferta.',
    remedy: 'Faça outra oferta para as restantes unidades.',
  },
  market_halted: { sentence: 'O mercado está em pausa.', remedy: 'Espere que abra de novo.' },
  market_unavailable: {
    sentence: 'O mercado demora a responder. Nada foi pedido.',
    remedy: 'Envie de novo o mesmo pedido, com a mesma Idempotency-Key, após Retry-After segundos.',
  },
  outcome_unknown: {
    sentence: 'Ainda não sabemos se isto teve efeito. Foi uma vez no máximo.',
    remedy: 'Envie de novo o mesmo pedido com a mesma Idempotency-Key.',
  },
  payment_unavailable: {
    sentence: 'O serviço de pagamento não respondeu. Nada foi cobrado.',
    remedy: 'Envie de novo o mesmo pedido com a mesma Idempotency-Key.',
  },
  internal: {
    sentence: 'Algo falhou do nosso lado.',
    remedy: 'Tente de novo; se continuar, diga-nos o identificador do pedido.',
  },
}
