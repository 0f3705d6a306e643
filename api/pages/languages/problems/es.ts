import type { ProblemWords } from '../../words.ts'

/** What a refusal says to people; the codes, and English, are those of the contract. */
export const problems: ProblemWords = {
  invalid_request: {
    sentence: 'La petición tiene un campo que no se puede leer.',
    remedy: 'Corrija los campos nombrados en errors.',
  },
  invalid_quantity: {
    sentence: 'Un crédito es una tonelada. Solo toneladas enteras, de 1 a 1.000.000.',
    remedy: 'Pida un número entero de toneladas dentro de estos límites.',
  },
  unknown_filter: {
    sentence: 'El filtro nombra algo que no existe.',
    remedy: 'Use los atributos y valores que enumera el mercado.',
  },
  idempotency_key_missing: {
    sentence: 'Un pedido necesita una cabecera Idempotency-Key de 16 a 128 caracteres.',
    remedy:
      'Envíe una clave aleatoria nueva con cada pedido nuevo, y la misma clave al repetir uno.',
  },
  key_not_valid: {
    sentence: 'La clave falta o no es conocida.',
    remedy: 'Envíe la clave que le dieron como Authorization: Bearer.',
  },
  signature_not_valid: {
    sentence: 'La firma de este evento no es válida. No se cambió nada.',
    remedy:
      'Compruebe que STRIPE_WEBHOOK_SECRET es el secreto de este punto de acceso y que ambos relojes van bien.',
  },
  origin_not_allowed: {
    sentence: 'Este botón aún no funciona en este sitio.',
    remedy: 'Su propietario tiene que permitir este origen en los ajustes de la clave.',
  },
  form_not_ours: {
    sentence: 'Este formulario se envió desde otro sitio web. No se ha reservado ni cobrado nada.',
    remedy: 'Abra la página aquí y envíe su propio formulario.',
  },
  not_found: {
    sentence: 'No hay nada en esta dirección.',
    remedy: 'Las direcciones están en /openapi.json.',
  },
  order_not_found: {
    sentence: 'No existe ese pedido.',
    remedy: 'Compruebe el identificador que se dio al hacer el pedido.',
  },
  offer_not_found: { sentence: 'No existe esa oferta suya.', remedy: 'Enumere sus ofertas.' },
  certificate_not_found: {
    sentence: 'No existe ese certificado.',
    remedy: 'Compruebe la dirección impresa en el certificado.',
  },
  idempotency_key_reused: {
    sentence: 'Esta Idempotency-Key ya se usó con otra petición. No se pidió nada.',
    remedy: 'Use una clave nueva para una petición nueva.',
  },
  price_moved: {
    sentence: 'Otra persona compró antes los créditos más baratos. No se le ha cobrado nada.',
    remedy: 'Mire el precio nuevo y decida otra vez.',
  },
  not_enough_available: {
    sentence:
      'En esta selección quedan menos toneladas de las pedidas. No se ha reservado ni cobrado nada.',
    remedy: 'Tome lo que queda, o elija otros proyectos.',
  },
  nothing_available: {
    sentence: 'Hoy no hay nada en venta en esta selección.',
    remedy: 'Elija otros proyectos, o vuelva más tarde.',
  },
  amount_too_small: {
    sentence: 'Por debajo de este importe, los costes de la tarjeta serían casi todo el precio.',
    remedy: 'Pida al menos minimum_tonnes.',
  },
  amount_too_large: {
    sentence: 'Un pago con tarjeta no puede ser tan grande. No se ha reservado ni cobrado nada.',
    remedy: 'Pida como máximo maximum_tonnes, y después el resto.',
  },
  too_many_fills: {
    sentence: 'El pedido tocaría más ofertas de las que admite un pedido.',
    remedy: 'Pida menos toneladas o amplíe la selección.',
  },
  order_not_stoppable: {
    sentence: 'El pedido ya no se puede parar: la tarjeta está autorizada y el registro trabaja.',
    remedy: 'Espere a que el pedido termine; no se cobra nada antes de que el registro acepte.',
  },
  journal_too_long: {
    sentence:
      'Antes de este pedido pasó en el mercado más de lo que se puede reproducir para explicarlo.',
    remedy: 'Pregunte al operador, que tiene el diario completo.',
  },
  card_declined: {
    sentence: 'Su banco rechazó la tarjeta. No se cobró nada.',
    remedy: 'Inténtelo de nuevo o use otra tarjeta.',
  },
  hold_expired: {
    sentence: 'La reserva ha caducado. No se cobró nada; los créditos vuelven a estar en venta.',
    remedy: 'Pida una nueva cotización.',
  },
  stopped: {
    sentence:
      'El comprador paró el pedido. No se cobró nada; los créditos vuelven a estar en venta.',
    remedy: 'Pida una nueva cotización.',
  },
  capture_refused: {
    sentence:
      'La autorización de la tarjeta ya no valía antes de poder cobrarla. No se cobró nada.',
    remedy: 'Haga el pedido otra vez.',
  },
  registry_refused: {
    sentence: 'El registro rechazó estos créditos. No se cobró su tarjeta, o se le reembolsó.',
    remedy: 'Pida una nueva cotización; los créditos rechazados ya no están en venta.',
  },
  registry_timed_out: {
    sentence: 'El registro no respondió a tiempo. No se cobró su tarjeta.',
    remedy: 'Haga el pedido más tarde; los créditos vuelven a estar en venta.',
  },
  registry_unavailable: {
    sentence: 'El registro no ha respondido. No se cambió nada.',
    remedy: 'Inténtelo de nuevo en un minuto.',
  },
  registry_closed: {
    sentence: 'El registro no acepta cancelaciones. No se cobró nada.',
    remedy: 'Vuelva cuando haya abierto de nuevo.',
  },
  units_not_available: {
    sentence: 'El registro no apartó estas unidades: véase registry_codes.',
    remedy: 'Enumere sus tenencias y ofrezca unidades libres.',
  },
  project_not_listed: {
    sentence: 'Las unidades son de un proyecto que aún no figura aquí. No se ofreció nada.',
    remedy: 'Pida al operador que dé de alta el proyecto y ofrezca de nuevo.',
  },
  units_expired: {
    sentence: 'No se pueden ofrecer unidades temporales que han expirado.',
    remedy: 'Ofrezca unidades que no hayan expirado.',
  },
  holding_account_not_yours: {
    sentence: 'Esta cuenta de haberes no es una de las suyas.',
    remedy: 'Use una cuenta de haberes que el operador haya dado de alta para usted.',
  },
  offer_ended: { sentence: 'La oferta está retirada o agotada.', remedy: 'Haga una oferta nueva.' },
  below_reserved_and_sold: {
    sentence: 'La cantidad es menor que lo ya reservado y vendido.',
    remedy: 'Pida al menos reserved_tonnes + sold_tonnes.',
  },
  above_earmarked: {
    sentence: 'La cantidad es mayor que lo que el registro apartó para esta oferta.',
    remedy: 'Haga otra oferta por las demás unidades.',
  },
  market_halted: { sentence: 'El mercado está en pausa.', remedy: 'Espere a que abra de nuevo.' },
  market_unavailable: {
    sentence: 'El mercado tarda en responder. No se pidió nada.',
    remedy:
      'Envíe la misma petición de nuevo, con la misma Idempotency-Key, tras Retry-After segundos.',
  },
  outcome_unknown: {
    sentence: 'Aún no sabemos si esto tuvo efecto. Fue una vez como máximo.',
    remedy: 'Envíe la misma petición de nuevo con la misma Idempotency-Key.',
  },
  payment_unavailable: {
    sentence: 'El servicio de pago no ha respondido. No se cobró nada.',
    remedy: 'Envíe la misma petición de nuevo con la misma Idempotency-Key.',
  },
  internal: {
    sentence: 'Algo ha fallado por nuestra parte.',
    remedy: 'Inténtelo de nuevo; si continúa, díganos el identificador de la petición.',
  },
}
