import type { ProblemWords } from '../../words.ts'

/** What a refusal says to people; the codes, and English, are those of the contract. */
export const problems: ProblemWords = {
  invalid_request: {
    sentence: 'La requête a un champ illisible.',
    remedy: 'Corrigez les champs nommés dans errors.',
  },
  invalid_quantity: {
    sentence: 'Un crédit est une tonne. Tonnes entières seulement, de 1 à 1\u202f000\u202f000.',
    remedy: 'Demandez un nombre entier de tonnes dans ces limites.',
  },
  unknown_filter: {
    sentence: 'Le filtre nomme quelque chose qui n’existe pas.',
    remedy: 'Utilisez les attributs et les valeurs que le marché énumère.',
  },
  idempotency_key_missing: {
    sentence: 'Une commande a besoin d’un en-tête Idempotency-Key de 16 à 128 caractères.',
    remedy:
      'Envoyez une nouvelle clé aléatoire avec chaque nouvelle commande, et la même clé pour en répéter une.',
  },
  key_not_valid: {
    sentence: 'La clé manque ou n’est pas connue.',
    remedy: 'Envoyez la clé qui vous a été donnée sous la forme Authorization: Bearer.',
  },
  signature_not_valid: {
    sentence: 'La signature de cet événement n’est pas valable. Rien n’a été changé.',
    remedy:
      'Vérifiez que STRIPE_WEBHOOK_SECRET est le secret de ce point d’accès, et que les deux horloges sont justes.',
  },
  origin_not_allowed: {
    sentence: 'Ce bouton ne fonctionne pas encore sur ce site.',
    remedy: 'Son propriétaire doit autoriser cette origine dans les réglages de la clé.',
  },
  form_not_ours: {
    sentence: 'Ce formulaire a été envoyé depuis un autre site. Rien n’a été réservé ni débité.',
    remedy: 'Ouvrez la page ici, et envoyez son propre formulaire.',
  },
  not_found: {
    sentence: 'Il n’y a rien à cette adresse.',
    remedy: 'Les adresses sont dans /openapi.json.',
  },
  order_not_found: {
    sentence: 'Cette commande n’existe pas.',
    remedy: 'Vérifiez l’identifiant donné en réponse à la commande.',
  },
  offer_not_found: {
    sentence: 'Vous n’avez pas d’offre de ce nom.',
    remedy: 'Énumérez vos offres.',
  },
  certificate_not_found: {
    sentence: 'Ce certificat n’existe pas.',
    remedy: 'Vérifiez l’adresse imprimée sur le certificat.',
  },
  idempotency_key_reused: {
    sentence: 'Cette Idempotency-Key a déjà servi à une autre requête. Rien n’a été commandé.',
    remedy: 'Utilisez une nouvelle clé pour une nouvelle requête.',
  },
  price_moved: {
    sentence:
      'Quelqu’un d’autre a acheté les crédits les moins chers avant vous. Rien ne vous a été débité.',
    remedy: 'Regardez le nouveau prix et décidez de nouveau.',
  },
  not_enough_available: {
    sentence: 'Il reste dans ce choix moins de tonnes que demandé. Rien n’a été réservé ni débité.',
    remedy: 'Prenez ce qui reste, ou choisissez d’autres projets.',
  },
  nothing_available: {
    sentence: 'Rien n’est en vente dans ce choix aujourd’hui.',
    remedy: 'Choisissez d’autres projets, ou revenez plus tard.',
  },
  amount_too_small: {
    sentence: 'En dessous de ce montant, les frais de carte feraient l’essentiel du prix.',
    remedy: 'Demandez au moins minimum_tonnes.',
  },
  amount_too_large: {
    sentence: 'Un paiement par carte ne peut pas être aussi grand. Rien n’a été réservé ni débité.',
    remedy: 'Demandez au plus maximum_tonnes, puis le reste.',
  },
  too_many_fills: {
    sentence: 'La commande toucherait plus d’offres qu’une commande n’en peut prendre.',
    remedy: 'Demandez moins de tonnes, ou élargissez le choix.',
  },
  order_not_stoppable: {
    sentence:
      'La commande ne peut plus être arrêtée\u00a0: la carte est autorisée, et le registre travaille.',
    remedy: 'Attendez la fin de la commande\u202f; rien n’est débité avant l’accord du registre.',
  },
  journal_too_long: {
    sentence:
      'Il s’est passé plus de choses sur le marché avant cette commande qu’on ne peut en rejouer pour l’expliquer.',
    remedy: 'Demandez à l’exploitant, qui a le journal entier.',
  },
  card_declined: {
    sentence: 'Votre banque a refusé la carte. Rien n’a été débité.',
    remedy: 'Réessayez, ou utilisez une autre carte.',
  },
  hold_expired: {
    sentence:
      'La réservation a expiré. Rien n’a été débité\u202f; les crédits sont de nouveau en vente.',
    remedy: 'Obtenez un nouveau devis.',
  },
  stopped: {
    sentence:
      'La commande a été arrêtée par son acheteur. Rien n’a été débité\u202f; les crédits sont de nouveau en vente.',
    remedy: 'Obtenez un nouveau devis.',
  },
  capture_refused: {
    sentence:
      'L’autorisation de la carte n’était plus valable avant qu’elle puisse être débitée. Rien n’a été débité.',
    remedy: 'Commandez de nouveau.',
  },
  registry_refused: {
    sentence:
      'Le registre a refusé ces crédits. Votre carte n’a pas été débitée, ou a été remboursée.',
    remedy: 'Obtenez un nouveau devis\u202f; les crédits refusés ne sont plus en vente.',
  },
  registry_timed_out: {
    sentence: 'Le registre n’a pas répondu à temps. Votre carte n’a pas été débitée.',
    remedy: 'Commandez de nouveau plus tard\u202f; les crédits sont de nouveau en vente.',
  },
  registry_unavailable: {
    sentence: 'Le registre n’a pas répondu. Rien n’a été changé.',
    remedy: 'Réessayez dans une minute.',
  },
  registry_closed: {
    sentence: 'Le registre n’accepte pas d’annulations. Rien n’a été débité.',
    remedy: 'Revenez quand il aura rouvert.',
  },
  units_not_available: {
    sentence: 'Le registre n’a pas mis ces unités de côté\u00a0: voir registry_codes.',
    remedy: 'Énumérez vos avoirs, et offrez des unités libres.',
  },
  project_not_listed: {
    sentence: 'Les unités sont d’un projet qui n’est pas encore inscrit ici. Rien n’a été offert.',
    remedy: 'Demandez à l’exploitant d’inscrire le projet, puis offrez de nouveau.',
  },
  units_expired: {
    sentence: 'Des unités temporaires expirées ne peuvent pas être offertes.',
    remedy: 'Offrez des unités qui n’ont pas expiré.',
  },
  holding_account_not_yours: {
    sentence: 'Ce compte de dépôt n’est pas l’un des vôtres.',
    remedy: 'Utilisez un compte de dépôt que l’exploitant a saisi pour vous.',
  },
  offer_ended: {
    sentence: 'L’offre est retirée ou épuisée.',
    remedy: 'Placez une nouvelle offre.',
  },
  below_reserved_and_sold: {
    sentence: 'La quantité est inférieure à ce qui est déjà réservé et vendu.',
    remedy: 'Demandez au moins reserved_tonnes + sold_tonnes.',
  },
  above_earmarked: {
    sentence: 'La quantité dépasse ce que le registre a mis de côté pour cette offre.',
    remedy: 'Placez une autre offre pour les unités en plus.',
  },
  market_halted: { sentence: 'Le marché est en pause.', remedy: 'Attendez sa réouverture.' },
  market_unavailable: {
    sentence: 'Le marché tarde à répondre. Rien n’a été commandé.',
    remedy:
      'Envoyez de nouveau la même requête, avec la même Idempotency-Key, après Retry-After secondes.',
  },
  outcome_unknown: {
    sentence: 'Nous ne savons pas encore si cela a pris effet. Ce fut une fois au plus.',
    remedy: 'Envoyez de nouveau la même requête avec la même Idempotency-Key.',
  },
  payment_unavailable: {
    sentence: 'Le service de paiement n’a pas répondu. Rien n’a été débité.',
    remedy: 'Envoyez de nouveau la même requête avec la même Idempotency-Key.',
  },
  internal: {
    sentence: 'Une erreur s’est produite chez nous.',
    remedy: 'Réessayez\u202f; si cela continue, dites-nous l’identifiant de la requête.',
  },
}
