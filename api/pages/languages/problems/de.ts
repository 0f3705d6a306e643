import type { ProblemWords } from '../../words.ts'

/** What a refusal says to people; the codes, and English, are those of the contract. */
export const problems: ProblemWords = {
  invalid_request: {
    sentence: 'Die Anfrage hat ein Feld, das sich nicht lesen lässt.',
    remedy: 'Berichtigen Sie die Felder, die in errors stehen.',
  },
  invalid_quantity: {
    sentence: 'Eine Gutschrift ist eine Tonne. Nur ganze Tonnen, von 1 bis 1.000.000.',
    remedy: 'Fragen Sie nach einer ganzen Zahl von Tonnen in diesen Grenzen.',
  },
  unknown_filter: {
    sentence: 'Der Filter nennt etwas, das es nicht gibt.',
    remedy: 'Nehmen Sie die Merkmale und Werte, die der Markt aufführt.',
  },
  idempotency_key_missing: {
    sentence: 'Ein Auftrag braucht einen Idempotency-Key von 16 bis 128 Zeichen als Header.',
    remedy:
      'Senden Sie mit jedem neuen Auftrag einen neuen zufälligen Schlüssel, und denselben, wenn Sie einen wiederholen.',
  },
  key_not_valid: {
    sentence: 'Der Schlüssel fehlt oder ist nicht bekannt.',
    remedy: 'Senden Sie den Schlüssel, den Sie bekommen haben, als Authorization: Bearer.',
  },
  signature_not_valid: {
    sentence: 'Die Signatur dieses Ereignisses gilt nicht. Nichts wurde geändert.',
    remedy:
      'Prüfen Sie, ob STRIPE_WEBHOOK_SECRET zu diesem Endpunkt gehört, und ob beide Uhren richtig gehen.',
  },
  origin_not_allowed: {
    sentence: 'Dieser Knopf funktioniert auf dieser Seite noch nicht.',
    remedy:
      'Wer die Seite betreibt, muss diese Herkunft in den Einstellungen des Schlüssels erlauben.',
  },
  form_not_ours: {
    sentence:
      'Dieses Formular kam von einer anderen Website. Nichts wurde reserviert oder abgebucht.',
    remedy: 'Öffnen Sie die Seite hier, und senden Sie ihr eigenes Formular.',
  },
  not_found: {
    sentence: 'Unter dieser Adresse gibt es nichts.',
    remedy: 'Die Adressen stehen in /openapi.json.',
  },
  order_not_found: {
    sentence: 'Diesen Auftrag gibt es nicht.',
    remedy: 'Prüfen Sie die Kennung, die der Auftrag bekommen hat.',
  },
  offer_not_found: {
    sentence: 'Dieses Angebot haben Sie nicht.',
    remedy: 'Lassen Sie sich Ihre Angebote zeigen.',
  },
  certificate_not_found: {
    sentence: 'Diese Urkunde gibt es nicht.',
    remedy: 'Prüfen Sie die Adresse, die auf der Urkunde steht.',
  },
  idempotency_key_reused: {
    sentence:
      'Dieser Idempotency-Key wurde schon mit einer anderen Anfrage benutzt. Es wurde nichts bestellt.',
    remedy: 'Nehmen Sie für eine neue Anfrage einen neuen Schlüssel.',
  },
  price_moved: {
    sentence:
      'Jemand anderes hat die günstigsten Gutschriften zuerst gekauft. Ihnen wurde nichts abgebucht.',
    remedy: 'Sehen Sie sich den neuen Preis an, und entscheiden Sie neu.',
  },
  not_enough_available: {
    sentence:
      'In dieser Auswahl sind weniger Tonnen da als gewünscht. Nichts wurde reserviert oder abgebucht.',
    remedy: 'Nehmen Sie, was da ist, oder wählen Sie andere Projekte.',
  },
  nothing_available: {
    sentence: 'In dieser Auswahl wird heute nichts angeboten.',
    remedy: 'Wählen Sie andere Projekte, oder kommen Sie später wieder.',
  },
  amount_too_small: {
    sentence: 'Unter diesem Betrag wären die Kartenkosten der größte Teil des Preises.',
    remedy: 'Fragen Sie nach mindestens minimum_tonnes.',
  },
  amount_too_large: {
    sentence: 'Eine Kartenzahlung kann nicht so groß sein. Nichts wurde reserviert oder abgebucht.',
    remedy: 'Fragen Sie nach höchstens maximum_tonnes, und danach nach dem Rest.',
  },
  too_many_fills: {
    sentence: 'Der Auftrag träfe auf mehr Angebote, als ein Auftrag darf.',
    remedy: 'Fragen Sie nach weniger Tonnen, oder erweitern Sie die Auswahl.',
  },
  order_not_stoppable: {
    sentence:
      'Der Auftrag lässt sich nicht mehr anhalten: die Karte ist genehmigt, und das Register arbeitet.',
    remedy:
      'Warten Sie das Ende des Auftrags ab; nichts wird abgebucht, bevor das Register zugestimmt hat.',
  },
  journal_too_long: {
    sentence:
      'Vor diesem Auftrag ist im Markt mehr geschehen, als sich zur Erklärung nachspielen lässt.',
    remedy: 'Fragen Sie den Betreiber, der das ganze Journal hat.',
  },
  card_declined: {
    sentence: 'Ihre Bank hat die Karte abgelehnt. Nichts wurde abgebucht.',
    remedy: 'Versuchen Sie es noch einmal, oder nehmen Sie eine andere Karte.',
  },
  hold_expired: {
    sentence:
      'Die Reservierung ist abgelaufen. Nichts wurde abgebucht; die Gutschriften werden wieder angeboten.',
    remedy: 'Holen Sie einen neuen Preis.',
  },
  stopped: {
    sentence:
      'Der Auftrag wurde von seinem Käufer angehalten. Nichts wurde abgebucht; die Gutschriften werden wieder angeboten.',
    remedy: 'Holen Sie einen neuen Preis.',
  },
  capture_refused: {
    sentence:
      'Die Genehmigung der Karte galt nicht mehr, bevor sie belastet werden konnte. Nichts wurde abgebucht.',
    remedy: 'Erteilen Sie den Auftrag noch einmal.',
  },
  registry_refused: {
    sentence:
      'Das Register hat diese Gutschriften abgelehnt. Ihre Karte wurde nicht belastet, oder der Betrag wurde erstattet.',
    remedy:
      'Holen Sie einen neuen Preis; die abgelehnten Gutschriften werden nicht mehr angeboten.',
  },
  registry_timed_out: {
    sentence: 'Das Register hat nicht rechtzeitig geantwortet. Ihre Karte wurde nicht belastet.',
    remedy:
      'Erteilen Sie den Auftrag später noch einmal; die Gutschriften werden wieder angeboten.',
  },
  registry_unavailable: {
    sentence: 'Das Register hat nicht geantwortet. Nichts wurde geändert.',
    remedy: 'Versuchen Sie es in einer Minute noch einmal.',
  },
  registry_closed: {
    sentence: 'Das Register nimmt keine Löschungen an. Nichts wurde abgebucht.',
    remedy: 'Kommen Sie wieder, wenn es geöffnet hat.',
  },
  units_not_available: {
    sentence: 'Das Register hat diese Einheiten nicht beiseitegelegt: siehe registry_codes.',
    remedy: 'Lassen Sie sich Ihre Bestände zeigen, und bieten Sie freie Einheiten an.',
  },
  project_not_listed: {
    sentence:
      'Die Einheiten gehören zu einem Projekt, das hier noch nicht geführt wird. Es wurde nichts angeboten.',
    remedy:
      'Bitten Sie den Betreiber, das Projekt aufzunehmen, und bieten Sie dann noch einmal an.',
  },
  units_expired: {
    sentence: 'Befristete Einheiten, die abgelaufen sind, können nicht angeboten werden.',
    remedy: 'Bieten Sie Einheiten an, die nicht abgelaufen sind.',
  },
  holding_account_not_yours: {
    sentence: 'Dieses Depotkonto ist keines von Ihren.',
    remedy: 'Nehmen Sie ein Depotkonto, das der Betreiber für Sie eingetragen hat.',
  },
  offer_ended: {
    sentence: 'Das Angebot ist zurückgezogen oder ausverkauft.',
    remedy: 'Machen Sie ein neues Angebot.',
  },
  below_reserved_and_sold: {
    sentence: 'Die Menge liegt unter dem, was schon reserviert und verkauft ist.',
    remedy: 'Fragen Sie nach mindestens reserved_tonnes + sold_tonnes.',
  },
  above_earmarked: {
    sentence: 'Die Menge liegt über dem, was das Register für dieses Angebot beiseitegelegt hat.',
    remedy: 'Machen Sie für die weiteren Einheiten ein anderes Angebot.',
  },
  market_halted: {
    sentence: 'Der Markt ist pausiert.',
    remedy: 'Warten Sie, bis er wieder öffnet.',
  },
  market_unavailable: {
    sentence: 'Der Markt antwortet langsam. Es wurde nichts bestellt.',
    remedy:
      'Senden Sie dieselbe Anfrage mit demselben Idempotency-Key nach Retry-After Sekunden noch einmal.',
  },
  outcome_unknown: {
    sentence: 'Wir wissen noch nicht, ob dies gewirkt hat. Es hat höchstens einmal gewirkt.',
    remedy: 'Senden Sie dieselbe Anfrage mit demselben Idempotency-Key noch einmal.',
  },
  payment_unavailable: {
    sentence: 'Der Zahlungsdienst hat nicht geantwortet. Nichts wurde abgebucht.',
    remedy: 'Senden Sie dieselbe Anfrage mit demselben Idempotency-Key noch einmal.',
  },
  internal: {
    sentence: 'Bei uns ist etwas schiefgegangen.',
    remedy:
      'Versuchen Sie es noch einmal; bleibt es dabei, nennen Sie uns die Kennung der Anfrage.',
  },
}
